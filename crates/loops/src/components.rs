//! Strongly connected components (Tarjan 1972), without recursion.

use crate::arcs::offsets;

/// The strongly connected component of each node of a graph given by its arcs.
#[derive(Debug)]
pub(crate) struct Components {
    /// Component of each node; numbered so that arcs between components lead to a lower number.
    pub of: Vec<u32>,
    pub count: usize,
}

const UNSEEN: u32 = u32::MAX;

/// Components of the graph with `nodes` nodes and the arcs `tails[i] → heads[i]`. Linear time.
pub(crate) fn components(nodes: usize, tails: &[u32], heads: &[u32]) -> Components {
    let starts = offsets(nodes, tails.iter().copied());
    let mut next = starts.clone();
    let mut targets = vec![0; heads.len()];
    for (tail, head) in tails.iter().zip(heads) {
        targets[next[*tail as usize] as usize] = *head;
        next[*tail as usize] += 1;
    }
    Search::new(starts, targets).run()
}

struct Search {
    starts: Vec<u32>,
    targets: Vec<u32>,
    /// The next arc to look at, for each node.
    cursor: Vec<u32>,
    /// Order of discovery, then the lowest order reached.
    low: Vec<u32>,
    of: Vec<u32>,
    stack: Vec<u32>,
    path: Vec<u32>,
    seen: u32,
    count: usize,
}

impl Search {
    fn new(starts: Vec<u32>, targets: Vec<u32>) -> Self {
        let nodes = starts.len() - 1;
        Self {
            cursor: starts[..nodes].to_vec(),
            low: vec![UNSEEN; nodes],
            of: vec![UNSEEN; nodes],
            stack: Vec::new(),
            path: Vec::new(),
            seen: 0,
            count: 0,
            starts,
            targets,
        }
    }

    fn run(mut self) -> Components {
        for root in 0..self.low.len() {
            if self.low[root] == UNSEEN {
                self.visit(root as u32);
                self.explore();
            }
        }
        Components { of: self.of, count: self.count }
    }

    fn visit(&mut self, node: u32) {
        self.low[node as usize] = self.seen;
        self.seen += 1;
        self.stack.push(node);
        self.path.push(node);
    }

    fn explore(&mut self) {
        // A node is a root of its component when nothing below it reached further up than itself. Orders of
        // discovery are kept in `low` alone: `lowered` marks the nodes that reached further up.
        let mut lowered = vec![false];
        while let Some(&node) = self.path.last() {
            let at = node as usize;
            if self.cursor[at] < self.starts[at + 1] {
                let next = self.targets[self.cursor[at] as usize];
                self.cursor[at] += 1;
                if self.low[next as usize] == UNSEEN {
                    self.visit(next);
                    lowered.push(false);
                } else if self.of[next as usize] == UNSEEN && self.low[next as usize] < self.low[at] {
                    self.low[at] = self.low[next as usize];
                    mark(&mut lowered);
                }
            } else {
                self.leave(node, &mut lowered);
            }
        }
    }

    fn leave(&mut self, node: u32, lowered: &mut Vec<bool>) {
        self.path.pop();
        let not_root = lowered.pop().unwrap_or(false);
        if !not_root {
            self.close(node);
        } else if let Some(&parent) = self.path.last()
            && self.low[node as usize] < self.low[parent as usize]
        {
            self.low[parent as usize] = self.low[node as usize];
            mark(lowered);
        }
    }

    fn close(&mut self, root: u32) {
        while let Some(node) = self.stack.pop() {
            self.of[node as usize] = self.count as u32;
            if node == root {
                break;
            }
        }
        self.count += 1;
    }
}

fn mark(lowered: &mut [bool]) {
    if let Some(last) = lowered.last_mut() {
        *last = true;
    }
}
