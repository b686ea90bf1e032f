//! Splits Rust source into tokens with line numbers, without comments, attributes and test code.

/// The kinds of tokens that the checks distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identifier, a keyword or a number.
    Word,
    /// A string literal; the text is its content, with escapes as written.
    String,
    /// A character literal or a lifetime.
    Other,
    /// An operator or a delimiter.
    Operator,
}

/// A token of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    pub line: usize,
}

impl Token {
    pub fn is(&self, operator: &str) -> bool {
        self.kind == Kind::Operator && self.text == operator
    }

    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }

    pub fn opens(&self) -> bool {
        ["(", "[", "{"].iter().any(|bracket| self.is(bracket))
    }

    pub fn closes(&self) -> bool {
        [")", "]", "}"].iter().any(|bracket| self.is(bracket))
    }
}

/// Longer operators come before their prefixes.
const OPERATORS: [&str; 11] = ["..=", "...", "::", "=>", "->", "==", "!=", "<=", ">=", "&&", "||"];

/// Returns the tokens of a source file, without comments, attributes and `#[cfg(test)]` items.
pub fn tokens(source: &str) -> Vec<Token> {
    without_attributes(&all_tokens(source))
}

fn all_tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let (token, length) = if first.is_whitespace() {
            (None, first.len_utf8())
        } else if rest.starts_with("//") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (None, block_comment(rest))
        } else if let Some((content, length)) = string(rest) {
            (Some((Kind::String, content)), length)
        } else if first == '\'' {
            let length = character(rest);
            (Some((Kind::Other, &rest[..length])), length)
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            (Some((Kind::Word, &rest[..length])), length)
        } else {
            let operator = OPERATORS.iter().find(|operator| rest.starts_with(**operator));
            let length = operator.map_or(first.len_utf8(), |operator| operator.len());
            (Some((Kind::Operator, &rest[..length])), length)
        };
        tokens.extend(token.map(|(kind, text)| Token { kind, text: text.to_owned(), line }));
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// Returns the length of a block comment, which may contain others.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Returns the content and the length of the string literal at the start of `text`, including raw
/// and byte strings.
fn string(text: &str) -> Option<(&str, usize)> {
    let start = text.find('"')?;
    let prefix = &text[..start];
    let hashes = prefix.trim_start_matches(['b', 'c', 'r']);
    if !hashes.chars().all(|c| c == '#') || !hashes.is_empty() && !prefix.contains('r') {
        return None;
    }
    let content = &text[start + 1..];
    let end = if prefix.contains('r') {
        content.find(&format!("\"{hashes}"))?
    } else {
        let mut escaped = false;
        content.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?
    };
    Some((&content[..end], start + 1 + end + 1 + hashes.len()))
}

/// Returns the length of a character literal or a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(text.len(), |end| end + 4),
        _ => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 1 + text[1..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len() - 1),
        },
    }
}

fn without_attributes(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let bracket = match &tokens[at..] {
            [hash, bracket, ..] if hash.is("#") && bracket.is("[") => at + 1,
            [hash, bang, bracket, ..] if hash.is("#") && bang.is("!") && bracket.is("[") => at + 2,
            _ => {
                kept.push(tokens[at].clone());
                at += 1;
                continue;
            }
        };
        let end = closing(tokens, bracket);
        let attribute: Vec<&str> = tokens[bracket + 1..end].iter().map(|token| &*token.text).collect();
        at = end + 1;
        if attribute == ["cfg", "(", "test", ")"] {
            at = end_of_item(tokens, at);
        }
    }
    kept
}

/// Returns the index after the item that starts at `at`: after its block or its semicolon.
fn end_of_item(tokens: &[Token], mut at: usize) -> usize {
    while at < tokens.len() {
        if tokens[at].is(";") {
            return at + 1;
        }
        let is_block = tokens[at].is("{");
        if tokens[at].opens() {
            at = closing(tokens, at);
        }
        at += 1;
        if is_block {
            return at;
        }
    }
    at
}

/// Returns the index of the bracket that closes the one at `open`.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        depth += usize::from(token.opens());
        depth -= usize::from(token.closes());
        if depth == 0 {
            return at;
        }
    }
    tokens.len() - 1
}

/// Returns the index of the bracket that opens the group which `close` ends.
pub fn opening(tokens: &[Token], close: usize) -> usize {
    let mut depth = 0usize;
    for at in (0..=close).rev() {
        depth += usize::from(tokens[at].closes());
        depth -= usize::from(tokens[at].opens());
        if depth == 0 {
            return at;
        }
    }
    0
}
