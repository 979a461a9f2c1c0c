//! `der Essener Konzern`, `le constructeur`: a company by what it does, with its article and without a name.

use crate::deals::Teller;
use crate::frame::Line;
use crate::lexicon::Tongue;
use crate::names::{listed, tails};
use crate::page::{Page, Span};
use crate::ties::role;
use crate::token::{Kind, Marker, Token};

/// Adds the definite descriptions of a German or French sentence.
pub(crate) fn definites(page: &Page, tongue: Tongue, span: &Span, found: &mut Vec<Token>) {
    let words = words(page, span);
    let mut more: Vec<Token> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(start) = opening(page, tongue, &words, at) else { continue };
        let described = start..word.end;
        let named = found.iter().any(|token| {
            matches!(token.kind, Kind::Name(_))
                && (token.start < described.end && described.start < token.end
                    || token.start >= word.end && token.start <= word.end + 1)
        });
        let followed = words.get(at + 1).is_some_and(|next| is_named(page, tongue, word, next));
        if !named && !followed {
            more.push(Token { start: described.start, end: described.end, kind: Kind::Pron("it") });
        }
    }
    found.retain(|token| !more.iter().any(|new| token.start < new.end && new.start < token.end));
    found.extend(more);
    found.sort_by_key(|token| (token.start, std::cmp::Reverse(token.end)));
}

/// What follows is a part of the same phrase: a name, or in French an attribute with `de`.
fn is_named(page: &Page, tongue: Tongue, word: &Span, next: &Span) -> bool {
    let text = page.folded(next);
    let adjacent = next.start == word.end + 1 && page.chars[word.end] == ' ';
    let capital = page.chars[next.start].is_uppercase();
    match tongue {
        Tongue::German => adjacent && capital || matches!(text.as_str(), "für" | "von" | "des" | "der"),
        _ if adjacent && !capital && attribute(&text) => {
            let after = next.end + 1;
            page.chars.get(next.end) == Some(&' ') && page.chars.get(after).is_some_and(|c| c.is_uppercase())
                || page.folded(&(after..(after + 3).min(page.fold.len()))).starts_with("de ")
        }
        // `le fabricant de tubes a annoncé`: a description with a complement of its own.
        _ if adjacent && matches!(text.as_str(), "de" | "d") => !has_complement(page, next),
        _ => adjacent && (capital || matches!(text.as_str(), "des" | "du")),
    }
}

/// `die Hamburger`: a company by where it sits.
pub(crate) fn resident(word: &str) -> bool {
    let tails = [
        "burg", "heim", "dorf", "städt", "furt", "ing", "hagen", "bach", "feld", "berg", "haus", "scheid",
        "brück", "hafen",
    ];
    word.strip_suffix("er").is_some_and(|stem| {
        listed("place", stem)
            || listed("place", &format!("{}en", stem.trim_end_matches('n')))
            || listed("place", &format!("{stem}en"))
            || tails.iter().any(|tail| stem.len() > tail.len() + 2 && stem.ends_with(tail))
    })
}

/// After `de` stands a common noun, and no name after it.
fn has_complement(page: &Page, of: &Span) -> bool {
    let rest: String = page.chars[(of.end + 1).min(page.chars.len())..].iter().take(40).collect();
    let mut words = rest.split(' ');
    let noun = words.next().unwrap_or_default();
    let plain = noun.chars().count() > 3 && noun.chars().all(|c| c.is_lowercase());
    plain
        && words
            .next()
            .is_some_and(|word| ["a", "va", "avait", "vient", "s'est", "veut", "doit"].contains(&word))
}

/// What somebody does for a living, by its ending: `équipementier`, `motoriste`.
pub(crate) fn acts(word: &str) -> bool {
    let tails = ["eur", "ier", "iste", "icien"];
    word.chars().count() > 6 && tails.iter().any(|tail| word.ends_with(tail)) && !listed("fr_thing", word)
}

/// `américaine`, `allemand`, `français`.
fn attribute(text: &str) -> bool {
    let tails = [
        "ais", "aise", "ain", "aine", "ien", "enne", "ique", "ale", "al", "and", "ande", "ois", "oise", "ol",
        "ole", "in", "el", "elle",
    ];
    text.len() > 4 && tails.iter().any(|tail| text.ends_with(tail))
}

fn words(page: &Page, span: &Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = span.start;
    while at < span.end {
        let start = at;
        while at < span.end && (page.chars[at].is_alphanumeric() || page.chars[at] == '-') {
            at += 1;
        }
        if at > start { found.push(start..at) } else { at += 1 }
    }
    found
}

/// Where the description that ends with this word begins: at its definite article.
fn opening(page: &Page, tongue: Tongue, words: &[Span], at: usize) -> Option<usize> {
    let text = page.folded(&words[at]);
    let capital = page.chars[words[at].start].is_uppercase();
    let own = match tongue {
        Tongue::German => {
            capital && (role(&text) && !listed("de_other", &text) || resident(&text) && words.len() > at)
        }
        _ => !capital && (listed("fr_self", &text) || listed("fr_firm", &text) || acts(&text)),
    };
    if !own {
        return None;
    }
    let articles: &[&str] = match tongue {
        Tongue::German => &["der", "die", "das", "den", "dem", "des"],
        _ => &["le", "la", "l", "au", "du"],
    };
    // `son partenaire`: the other one of the two.
    let owned = listed("latter", &text);
    let nearest = at.saturating_sub(3);
    (nearest..at).rev().find_map(|i| {
        let word = page.folded(&words[i]);
        let between = words[i + 1..at].iter().all(|word| {
            let text = page.folded(word);
            ["er", "e", "en"].iter().any(|tail| text.ends_with(tail)) && tongue == Tongue::German
        });
        let own = owned && ["son", "sa", "seinem", "ihrem", "seinen", "ihren"].contains(&word.as_str());
        (between && (own || articles.contains(&word.as_str()))).then_some(words[i].start)
    })
}

impl Teller<'_> {
    /// A ministry or another authority: no company that `同社` could mean.
    pub(crate) fn is_public(&self, who: Option<usize>) -> bool {
        let tails = ["省", "庁", "政府", "委員会", "裁判所", "부", "정부", "위원회", "당국", "청"];
        who.is_some_and(|who| tails.iter().any(|tail| self.memory.entities[who].name.ends_with(tail)))
    }

    /// Whom a description means: the company that was named with this word before; a general word means the topic.
    pub(crate) fn described(&self, line: &Line, at: usize, avoid: Option<usize>) -> Option<usize> {
        let token = &line.tokens[at];
        let text = self.page.folded(&(token.start..token.end));
        let word = text.rsplit([' ', '\'', '’']).next().unwrap_or(&text).to_owned();
        if matches!(word.as_str(), "lui" | "ihm")
            && let Some(pair) = self.pairs.last()
            && self.page.sentences[pair.sentence].span.contains(&token.start)
        {
            return pair.payee.first().copied().filter(|who| Some(*who) != avoid);
        }
        let tail =
            tails("de_roletail").iter().filter(|tail| word.ends_with(**tail)).max_by_key(|tail| tail.len());
        let known = |before: &str| match (line.tongue, tail) {
            (Tongue::German, Some(tail)) => {
                before.split_whitespace().next_back().is_some_and(|last| last.ends_with(tail))
            }
            _ => before.split(|c: char| !c.is_alphanumeric()).any(|other| other == word),
        };
        let last = self.memory.mentions.partition_point(|mention| mention.span.start < token.start);
        let named = self.memory.mentions[..last].iter().enumerate().rev().find_map(|(i, mention)| {
            let from = i.checked_sub(1).map_or(0, |i| self.memory.mentions[i].span.end);
            let before =
                self.page.folded(&(from.max(mention.span.start.saturating_sub(40))..mention.span.start));
            let who = self.memory.party(mention.entity);
            let own = self.page.folded(&mention.span);
            let own = own.split_whitespace().next().unwrap_or_default();
            let named = tail.is_some_and(|tail| own.ends_with(tail) && own.len() > tail.len());
            (named || known(&before) && !before.contains(['.', ',', '\n']) && Some(who) != avoid)
                .then_some(who)
        });
        named.or_else(|| self.by_place(line, at, &word, avoid))
    }

    /// Whom a description means that no name was introduced with: by its word and by its place in the sentence.
    fn by_place(&self, line: &Line, at: usize, word: &str, avoid: Option<usize>) -> Option<usize> {
        let free = |who: &usize| Some(*who) != avoid && !self.memory.entities[*who].many;
        if listed("latter", word) {
            return self.latter(line, at, avoid).or(self.other.filter(free)).or(self.topic.filter(free));
        }
        let general =
            listed("general", word) || ["konzern", "unternehmen"].iter().any(|tail| word.ends_with(tail));
        if !general {
            let body = listed("fr_body", word);
            let acts = line.marker[at] == Marker::Bare && !body;
            return if acts {
                self.topic.filter(free).or(self.other.filter(free))
            } else {
                self.latter(line, at, avoid)
            };
        }
        // `l'entreprise publique`: not the company that the text is about.
        let end = line.tokens[at].end;
        let after = self.page.folded(&(end..(end + 8).min(self.page.fold.len())));
        let state = self
            .topic
            .is_some_and(|topic| listed("place", &crate::fold::fold(&self.memory.entities[topic].name)));
        let public = self.other.filter(|who| free(who) && (state || after.starts_with(" public")));
        let hero = self.memory.protagonist().filter(free).or(self.topic.filter(free));
        let given = hero.filter(|_| line.marker[at] == Marker::To);
        public
            .or(given)
            .or_else(|| self.named_before(line, at, avoid))
            .or(self.topic.filter(free))
            .or(self.other.filter(|who| free(who) && avoid.is_some()))
            .or(self.memory.protagonist().filter(free))
    }
}
