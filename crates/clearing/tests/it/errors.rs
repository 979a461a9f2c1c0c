//! Each mistake is refused, with its entry and its party.

use abilene_clearing::{Holding, List, Network, NetworkError, Obligation, greatest};

fn owes(debtor: u32, creditor: Option<u32>, amount: f64) -> Obligation {
    Obligation { debtor, creditor, amount, class: 0 }
}

#[test]
fn an_obligation_names_its_debtor() {
    let build = |last: Obligation| Network::new(2, &[owes(0, Some(1), 1.0), last]).unwrap_err();
    let list = List::Obligations;
    let wrong = build(owes(1, Some(0), -3.0));
    assert_eq!(wrong, NetworkError::NotAnAmount { list, entry: 1, party: 1, value: -3.0 });
    assert!(matches!(build(owes(1, None, f64::NAN)), NetworkError::NotAnAmount { entry: 1, party: 1, .. }));
    assert_eq!(build(owes(1, Some(1), 1.0)), NetworkError::SelfReference { list, entry: 1, party: 1 });
    assert_eq!(
        build(owes(1, Some(7), 1.0)),
        NetworkError::UnknownParty { list, entry: 1, party: 7, parties: 2 }
    );
}

#[test]
fn rows_must_fit() {
    let rows = |start: Vec<usize>| Network::from_rows(start, vec![1], vec![2.0], vec![0.0, 1.0]);
    assert!(rows(vec![0, 1, 1]).is_ok());
    assert!(rows(vec![0, 1]).is_err());
    assert!(rows(vec![0, 2, 1]).is_err());
    assert!(rows(vec![0, 0, 1]).is_err(), "party 1 would owe itself");
}

#[test]
fn holdings_must_leave_something_outside() {
    let network = Network::new(3, &[]).unwrap();
    let share = |owner, issuer, share| Holding { owner, issuer, share };
    let over = network.clone().with_holdings(&[share(1, 0, 0.6), share(2, 0, 0.5)]).unwrap_err();
    assert!(matches!(over, NetworkError::HoldingsExceedOne { party: 0, .. }));
    let closed = network.clone().with_holdings(&[share(1, 0, 1.0), share(0, 1, 1.0)]).unwrap_err();
    assert!(matches!(closed, NetworkError::HoldingsClosed { .. }));
    assert!(network.with_holdings(&[share(1, 0, 1.0), share(2, 1, 1.0)]).is_ok(), "the last is held outside");
}

#[test]
fn costs_and_assets_must_fit() {
    let network = Network::new(2, &[owes(0, Some(1), 1.0)]).unwrap();
    let over = network.clone().with_costs(vec![1.0, 1.5], vec![1.0, 1.0]).unwrap_err();
    assert_eq!(over, NetworkError::NotAPart { list: List::Alpha, entry: 1, party: 1, value: 1.5 });
    assert!(matches!(
        greatest(&network, &[1.0]).unwrap_err(),
        NetworkError::Length { found: 1, expected: 2, .. }
    ));
    assert!(matches!(
        greatest(&network, &[1.0, -1.0]).unwrap_err(),
        NetworkError::NotAnAmount { party: 1, .. }
    ));
}
