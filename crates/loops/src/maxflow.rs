//! Maximum flow in whole units (Dinic 1970), for questions about single parties and edges.

/// A flow network under construction, and then its residual.
#[derive(Debug)]
pub(crate) struct FlowGraph {
    first: Vec<u32>,
    /// Arc `a` and its reverse `a ^ 1` lie side by side.
    next: Vec<u32>,
    head: Vec<u32>,
    residual: Vec<i128>,
    level: Vec<u32>,
    cursor: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl FlowGraph {
    pub fn new(nodes: usize) -> Self {
        Self {
            first: vec![NONE; nodes],
            next: Vec::new(),
            head: Vec::new(),
            residual: Vec::new(),
            level: vec![NONE; nodes],
            cursor: vec![NONE; nodes],
        }
    }

    /// Adds an arc of capacity `forward`, whose reverse has `backward`; returns its number.
    pub fn add(&mut self, tail: usize, head: usize, forward: i128, backward: i128) -> usize {
        let arc = self.head.len();
        for (from, to, capacity) in [(tail, head, forward), (head, tail, backward)] {
            self.next.push(self.first[from]);
            self.first[from] = self.head.len() as u32;
            self.head.push(to as u32);
            self.residual.push(capacity);
        }
        arc
    }

    /// The residual capacities, to be put back with [`Self::restore`] between questions.
    pub fn snapshot(&self) -> Vec<i128> {
        self.residual.clone()
    }

    pub fn restore(&mut self, residual: &[i128]) {
        self.residual.copy_from_slice(residual);
    }

    /// Closes an arc in both directions.
    pub fn close(&mut self, arc: usize) {
        self.residual[arc] = 0;
        self.residual[arc ^ 1] = 0;
    }

    /// The most that can still flow from `source` to `sink`, up to `limit`; the residual is updated.
    pub fn push(&mut self, source: usize, sink: usize, limit: i128) -> i128 {
        let mut sent = 0;
        while sent < limit && self.layer(source, sink) {
            self.cursor.copy_from_slice(&self.first);
            loop {
                let step = self.path(source, sink, limit - sent);
                if step == 0 {
                    break;
                }
                sent += step;
            }
        }
        sent
    }

    /// Distances from the source in the residual; whether the sink is reached.
    fn layer(&mut self, source: usize, sink: usize) -> bool {
        self.level.fill(NONE);
        self.level[source] = 0;
        let mut queue = vec![source as u32];
        let mut at = 0;
        while at < queue.len() && self.level[sink] == NONE {
            let node = queue[at] as usize;
            at += 1;
            let mut arc = self.first[node];
            while arc != NONE {
                let head = self.head[arc as usize] as usize;
                if self.residual[arc as usize] > 0 && self.level[head] == NONE {
                    self.level[head] = self.level[node] + 1;
                    queue.push(head as u32);
                }
                arc = self.next[arc as usize];
            }
        }
        self.level[sink] != NONE
    }

    /// One augmenting path along the layers; what it carried, 0 when there is none left.
    fn path(&mut self, source: usize, sink: usize, limit: i128) -> i128 {
        let mut arcs: Vec<u32> = Vec::new();
        let mut node = source;
        while node != sink {
            let arc = self.cursor[node];
            if arc == NONE {
                let Some(back) = arcs.pop() else { return 0 };
                node = self.head[(back ^ 1) as usize] as usize;
                self.cursor[node] = self.next[back as usize];
            } else if self.open(node, arc) {
                arcs.push(arc);
                node = self.head[arc as usize] as usize;
            } else {
                self.cursor[node] = self.next[arc as usize];
            }
        }
        let step = arcs.iter().map(|arc| self.residual[*arc as usize]).min().unwrap_or(0).min(limit);
        for &arc in &arcs {
            self.residual[arc as usize] -= step;
            self.residual[(arc ^ 1) as usize] += step;
        }
        step
    }

    fn open(&self, node: usize, arc: u32) -> bool {
        let head = self.head[arc as usize] as usize;
        self.residual[arc as usize] > 0 && self.level[head] == self.level[node] + 1
    }
}
