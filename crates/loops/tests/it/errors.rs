//! What is not a network, and what it says.

use abilene_loops::{Edge, Network, NetworkError};

fn edge(payer: u32, payee: u32, amount: i128) -> Edge {
    Edge { payer, payee, amount, day: None }
}

#[test]
fn errors_name_the_entry() {
    let wrong = |edges: Vec<Edge>| Network::new(2, edges).unwrap_err();
    let unknown = wrong(vec![edge(0, 1, 5), edge(0, 2, 5)]);
    assert_eq!(unknown, NetworkError::UnknownParty { entry: 1, party: 2, parties: 2 });
    assert_eq!(unknown.to_string(), "edge 1 names party 2; expected an index below 2");
    let negative = wrong(vec![edge(0, 1, -5)]);
    assert_eq!(negative, NetworkError::NegativeAmount { entry: 0, amount: -5 });
    assert_eq!(negative.to_string(), "edge 0 has the amount -5; expected 0 or more (turn the edge round)");
    let overflow = wrong(vec![edge(0, 1, 1 << 123), edge(0, 1, 1 << 123), edge(0, 1, 1)]);
    assert_eq!(overflow, NetworkError::Overflow { entry: 2 });
}
