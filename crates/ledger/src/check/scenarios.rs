//! Scenarios: what they name exists, ranges make their shape, and every assumption says where it comes from.

use abilene_quantity::Decimal;

use super::Unread;
use super::names::{cited, unique, unknown};
use crate::book::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{DriverRange, Scenario};
use crate::text::{At, Mark};
use crate::words_of_outlook::{Shape, ShockKind};

pub(super) fn check(book: &Book, unread: &Unread, found: &mut Vec<Diagnostic>) {
    unique(book.scenarios.iter().map(|scenario| &scenario.id), "scenario", found);
    for scenario in &book.scenarios {
        extends(book, scenario, found);
        scenario.cites().for_each(|cite| cited(book, unread, std::slice::from_ref(cite), found));
        for driver in &scenario.driver {
            range(driver, found);
            claims(book, unread, &driver.claims, found);
            let told = !(driver.claims.is_empty() && driver.sources.is_empty());
            reasoned(told, driver.assumed.as_deref(), driver.mark, driver.name.value.text(), found);
        }
        for rule in &scenario.rule {
            claims(book, unread, &rule.claims, found);
            let told = !(rule.claims.is_empty() && rule.sources.is_empty());
            reasoned(told, rule.assumed.as_deref(), rule.mark, rule.name.value.text(), found);
        }
        for pair in scenario.correlation.iter().filter(|pair| pair.spearman.value.abs() > Decimal::ONE) {
            let message = "a rank correlation lies between -1 and 1";
            found.push(
                Diagnostic::new(Code::BadRange, pair.spearman.mark, message).help("write it as 0.5 or -0.5"),
            );
        }
        shocks(scenario, found);
    }
}

/// The scenario it extends exists, and the chain ends.
fn extends(book: &Book, scenario: &Scenario, found: &mut Vec<Diagnostic>) {
    let Some(base) = &scenario.extends else { return };
    if book.scenario(base).is_none() {
        let ids = book.scenarios.iter().map(|scenario| scenario.id.as_str());
        found.push(unknown(Code::UnknownScenario, base, "scenario", ids, "scenarios/"));
        return;
    }
    let mut at = book.scenario(base);
    for _ in 0..book.scenarios.len() {
        at = at.and_then(|one| one.extends.as_ref()).and_then(|next| book.scenario(next));
    }
    if at.is_some() {
        let message = format!("\"{}\" extends itself in the end", scenario.id.value);
        found.push(
            Diagnostic::new(Code::UnknownScenario, base.mark, message).help("let one of them extend nothing"),
        );
    }
}

fn claims(book: &Book, unread: &Unread, claims: &[At<String>], found: &mut Vec<Diagnostic>) {
    if unread.named("claims.toml") {
        return;
    }
    let ids = || book.claims.iter().map(|claim| claim.id.as_str());
    let missing = claims.iter().filter(|claim| !ids().any(|id| id == claim.as_str()));
    found.extend(missing.map(|claim| unknown(Code::UnknownScenario, claim, "claim", ids(), "claims.toml")));
}

fn reasoned(told: bool, assumed: Option<&str>, mark: Mark, name: &str, found: &mut Vec<Diagnostic>) {
    if !told && assumed.is_none() {
        found.push(
            Diagnostic::new(
                Code::NoReason,
                mark,
                format!("nothing says where the numbers of `{name}` come from"),
            )
            .help("cite `claims` or `sources`, or say in `assumed` why you judge so"),
        );
    }
}

fn range(driver: &DriverRange, found: &mut Vec<Diagnostic>) {
    let shape = driver.shape.value;
    let wrong = |message: String| Diagnostic::new(Code::BadRange, driver.shape.mark, message);
    let Some(numbers) = driver.numbers() else {
        let keys = shape.keys().iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        found.push(
            wrong(format!("a range that is {shape} is given by {keys}, and by no other number"))
                .help(format!("write {keys}")),
        );
        return;
    };
    if numbers.windows(2).any(|pair| pair[0] >= pair[1]) && !matches!(shape, Shape::Triangular | Shape::Pert)
    {
        found.push(
            wrong(format!("{} is not below {}", numbers[0], numbers[1])).help("put the lower number first"),
        );
    } else if numbers.windows(2).any(|pair| pair[0] > pair[1])
        || (numbers.len() == 3 && numbers[0] == numbers[2])
    {
        found.push(wrong("min, mode and max are not in order".into()).help("put them in order"));
    }
    let logs = matches!(shape, Shape::Loguniform | Shape::Lognormal | Shape::Loglogistic);
    if logs && numbers.iter().any(|number| *number <= Decimal::ZERO) {
        found.push(
            wrong(format!("a range that is {shape} lies above 0"))
                .help("use another shape, or numbers above 0"),
        );
    }
}

fn shocks(scenario: &Scenario, found: &mut Vec<Diagnostic>) {
    for shock in &scenario.shock {
        let (kind, needs) = (shock.kind.value, shock.kind.value != ShockKind::MarketShut);
        if needs != shock.factor.is_some() {
            let message =
                format!("a shock of kind \"{kind}\" has {} `factor`", if needs { "a" } else { "no" });
            found.push(
                Diagnostic::new(Code::BadRange, shock.kind.mark, message)
                    .help("write what it does, not more"),
            );
        }
        if let Some(to) = shock.to.as_ref().filter(|to| to.value < shock.from.value) {
            let message = format!("the shock ends on {} before it begins on {}", to.value, shock.from.value);
            found.push(
                Diagnostic::new(Code::DatesOutOfOrder, to.mark, message)
                    .help("put the earlier day into `from`"),
            );
        }
    }
}
