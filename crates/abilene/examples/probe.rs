fn main() {
    let id = std::env::args().nth(1).unwrap();
    let book = abilene_ledger::load(std::path::Path::new("cases/ai-buildout")).unwrap().book;
    let t = std::time::Instant::now();
    let s = abilene::outlook::probe(&abilene::Ask::of(&book), &id, 16384).unwrap();
    eprintln!("{:?}", t.elapsed());
    for o in &s.odds {
        println!("{:?} {:.3} ± {:.4}", o.outcome, o.part, o.error.unwrap_or(0.0));
    }
    println!("{:?}", s.decided_by);
    for p in &s.parties {
        if p.defaults > 0.001 {
            println!(
                "{:12} defaults {:.3} first {:.3} rev {:.0} losses {:.1}",
                p.id, p.defaults, p.first, p.revenue, p.losses
            );
        }
    }
    for f in &s.fans {
        let n = f.means.len();
        println!(
            "{:15} q1 {:.2} q{} {:.2} med {:.2} [{:.2} {:.2}]",
            f.series.name(),
            f.means[0],
            n,
            f.means[n - 1],
            f.quantiles[n - 1][3],
            f.quantiles[n - 1][1],
            f.quantiles[n - 1][5]
        );
    }
    for e in s.cascade.edges.iter().filter(|e| e.rate > 0.01) {
        println!(
            "{:?} -> {} {:.3} q{:.1}",
            e.cause.map(|c| &s.parties[c as usize].id),
            s.parties[e.failed as usize].id,
            e.rate,
            e.quarter
        );
    }
    for (n, m) in &s.means {
        println!("{n} {:.3}", m.mean);
    }
}
