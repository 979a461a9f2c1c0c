//! Text of an HTML page, each character with its place in the source. One pass, no tree, no recursion: a nest a
//! million deep costs what its bytes cost.

/// The text of a page.
#[derive(Debug, Default)]
pub struct Markup {
    /// Characters; a line for each block.
    pub chars: Vec<char>,
    /// Where each stands in the source, in characters.
    pub at: Vec<u32>,
    /// For each line, how many of its characters are links, and the tag words that hold it.
    pub lines: Vec<LineMark>,
    /// Title that the page gives itself.
    pub title: Option<String>,
    /// Publisher that the page gives itself.
    pub publisher: Option<String>,
    /// Date of publication that the page gives itself.
    pub date: Option<String>,
}

/// What the markup says about a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineMark {
    /// Characters of the line.
    pub length: usize,
    /// Of them, inside links.
    pub linked: usize,
    /// Inside navigation, header, footer, aside, form or a list of comments.
    pub furniture: bool,
    /// A heading.
    pub heading: bool,
}

/// Whether a text looks like HTML.
pub fn looks_like(text: &str) -> bool {
    let head: String = text.chars().take(4000).collect::<String>().to_ascii_lowercase();
    ["<html", "<!doctype html", "<body", "<head", "<article", "</p>", "</div>", "<meta "]
        .iter()
        .any(|tag| head.contains(tag))
}

const SKIPPED: [&str; 9] =
    ["script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "canvas"];
const FURNITURE: [&str; 6] = ["nav", "footer", "aside", "form", "button", "menu"];
const BLOCKS: [&str; 34] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "td",
    "th",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "blockquote",
    "pre",
    "form",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "hr",
    "body",
    "title",
];

struct Reader<'t> {
    source: &'t [char],
    place: usize,
    out: Markup,
    line: LineMark,
    links: usize,
    furniture: Vec<String>,
    heading: usize,
    in_title: bool,
    title: String,
}

/// Reads a page.
pub fn text(source: &[char]) -> Markup {
    let mut reader = Reader {
        source,
        place: 0,
        out: Markup::default(),
        line: LineMark::default(),
        links: 0,
        furniture: Vec::new(),
        heading: 0,
        in_title: false,
        title: String::new(),
    };
    while reader.place < source.len() {
        match source[reader.place] {
            '<' => reader.tag(),
            '&' => reader.entity(),
            c => {
                reader.put(c, reader.place);
                reader.place += 1;
            }
        }
    }
    reader.end_line();
    let title = reader.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if reader.out.title.is_none() && !title.is_empty() {
        reader.out.title = Some(title);
    }
    reader.out
}

impl Reader<'_> {
    fn put(&mut self, c: char, at: usize) {
        if self.in_title {
            self.title.push(c);
            return;
        }
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && self.out.chars.last().is_none_or(|last| *last == ' ' || *last == '\n') {
            return;
        }
        self.out.chars.push(c);
        self.out.at.push(u32::try_from(at).unwrap_or(u32::MAX));
        self.line.length += 1;
        self.line.linked += usize::from(self.links > 0);
        self.line.furniture |= !self.furniture.is_empty();
        self.line.heading |= self.heading > 0;
    }

    fn end_line(&mut self) {
        if self.line.length == 0 {
            return;
        }
        self.out.lines.push(self.line);
        self.line = LineMark::default();
        self.out.chars.push('\n');
        self.out
            .at
            .push(u32::try_from(self.place.min(self.source.len().saturating_sub(1))).unwrap_or(u32::MAX));
    }

    /// The end of the tag that starts here: quotes may hide a `>`, but not beyond 4,000 characters.
    fn tag_end(&self) -> usize {
        let mut quote = None;
        let limit = self.source.len().min(self.place + 4000);
        for at in self.place..limit {
            match (quote, self.source[at]) {
                (None, '>') => return at,
                (None, c @ ('"' | '\'')) if self.source[at.saturating_sub(1)] == '=' => quote = Some(c),
                (Some(open), c) if c == open => quote = None,
                _ => {}
            }
        }
        (self.place..limit).find(|at| self.source[*at] == '>').unwrap_or(self.place)
    }

    fn tag(&mut self) {
        if self.starts_with("<!--") {
            self.place = self.find("-->", self.place + 4).map_or(self.source.len(), |at| at + 3);
            return;
        }
        let next = self.source.get(self.place + 1).copied().unwrap_or(' ');
        if !(next.is_ascii_alphabetic() || "/!?".contains(next)) {
            self.put('<', self.place);
            self.place += 1;
            return;
        }
        let end = self.tag_end();
        if end == self.place {
            self.put('<', self.place);
            self.place += 1;
            return;
        }
        let inside: String = self.source[self.place + 1..end].iter().collect();
        let closing = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect::<String>()
            .to_ascii_lowercase();
        self.place = end + 1;
        let empty = inside.ends_with('/');
        self.handle(&name, closing, empty, &inside);
    }

    fn handle(&mut self, name: &str, closing: bool, empty: bool, inside: &str) {
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        if SKIPPED.contains(&name) && !closing && !empty {
            let close = format!("</{name}");
            self.place = self.find(&close, self.place).unwrap_or(self.source.len());
            return;
        }
        if FURNITURE.contains(&name) && !empty {
            if closing {
                if let Some(at) = self.furniture.iter().rposition(|open| open == name) {
                    self.furniture.truncate(at);
                }
            } else if self.furniture.len() < 64 {
                self.furniture.push(name.to_owned());
            }
        }
        match name {
            "a" if closing => self.links = self.links.saturating_sub(1),
            "a" => self.links = 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = usize::from(!closing),
            "title" => self.in_title = !closing && self.title.is_empty(),
            "meta" => self.meta(inside),
            "time" if !closing && self.out.date.is_none() => {
                self.out.date = attribute(inside, "datetime");
            }
            _ => {}
        }
    }

    fn meta(&mut self, inside: &str) {
        let key = attribute(inside, "property")
            .or_else(|| attribute(inside, "name"))
            .or_else(|| attribute(inside, "itemprop"));
        let (Some(key), Some(content)) = (key, attribute(inside, "content")) else { return };
        match key.to_ascii_lowercase().as_str() {
            "og:title" => self.out.title = Some(content),
            "og:site_name" => self.out.publisher = Some(content),
            "article:published_time" | "datepublished" | "date" | "pubdate" | "publishdate" | "dc.date" => {
                self.out.date = Some(content);
            }
            _ => {}
        }
    }

    fn entity(&mut self) {
        let limit = self.source.len().min(self.place + 12);
        let end = (self.place + 1..limit).find(|at| self.source[*at] == ';');
        let name: String =
            end.map(|end| self.source[self.place + 1..end].iter().collect()).unwrap_or_default();
        match (end, named(&name)) {
            (Some(end), Some(c)) => {
                self.put(c, self.place);
                self.place = end + 1;
            }
            _ => {
                self.put('&', self.place);
                self.place += 1;
            }
        }
    }

    fn starts_with(&self, what: &str) -> bool {
        what.chars().enumerate().all(|(i, c)| self.source.get(self.place + i) == Some(&c))
    }

    fn find(&self, what: &str, from: usize) -> Option<usize> {
        let what: Vec<char> = what.chars().collect();
        let same = |at: usize| what.iter().zip(&self.source[at..]).all(|(a, b)| a.eq_ignore_ascii_case(b));
        (from..(self.source.len() + 1).saturating_sub(what.len())).find(|at| same(*at))
    }
}

/// The value of an attribute in the inside of a tag.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let lower = inside.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let rest = inside.get(at..)?;
    let quote = rest.chars().next()?;
    let value: String = if quote == '"' || quote == '\'' {
        rest[1..].chars().take_while(|c| *c != quote).collect()
    } else {
        rest.chars().take_while(|c| !c.is_whitespace()).collect()
    };
    Some(value.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'"))
        .filter(|value| !value.is_empty())
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("euro", '€'),
        ("pound", '£'),
        ("yen", '¥'),
        ("cent", '¢'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("middot", '·'),
        ("bull", '•'),
        ("auml", 'ä'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("Auml", 'Ä'),
        ("Ouml", 'Ö'),
        ("Uuml", 'Ü'),
        ("szlig", 'ß'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("agrave", 'à'),
        ("ccedil", 'ç'),
        ("ecirc", 'ê'),
        ("times", '×'),
        ("deg", '°'),
        ("reg", '®'),
        ("trade", '™'),
        ("copy", '©'),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("laquo", '«'),
        ("raquo", '»'),
    ];
    known.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}
