//! Parses a page into a tree, within limits: deep nesting or excessive size would take quadratic time, or exhaust the
//! stack. The page is therefore parsed in pieces, and rejected once it exceeds a limit.

use crate::article::InvalidArticle;
use dom_query::{Document, NodeData, NodeId, TreeNode};
use html5ever::{
    TokenizerResult,
    buffer_queue::BufferQueue,
    tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};
use std::cell::Cell;

/// The maximum nesting depth, the same as in Chromium's parser (`kMaximumHTMLParserDOMTreeDepth`).
const DEEPEST: usize = 512;
/// The maximum number of nodes; news pages have several thousand.
const MOST_NODES: usize = 50_000;
/// The maximum sum of the sizes of all elements with their content, in bytes: that many are read to judge them all.
const MOST_HELD: usize = 64 << 20;
/// The size of a node besides its text, in bytes.
const NODE: usize = 32;
/// The maximum number of words within a tag: each can be an attribute, which the parser compares with all previous
/// ones.
const MOST_WORDS: usize = 20_000;
/// The number of bytes parsed between two checks of the limits.
const PIECE: usize = 1024;
/// The number of new nodes after which the depth of the tree is checked.
const NEW_NODES: usize = 256;

/// Parses a page, with scripting disabled.
pub(super) fn parse(html: &str) -> Result<Document, InvalidArticle> {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let tree_builder = TreeBuilder::new(Document::default(), options);
    let listener = Listener { tree_builder, heard: Cell::new(false) };
    let tokenizer = Tokenizer::new(listener, TokenizerOpts::default());
    let document = || &tokenizer.sink.tree_builder.sink;
    let input = BufferQueue::default();
    let (mut rest, mut words, mut looked_at) = (html, 0, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE));
        rest = after;
        input.push_back(piece.into());
        // The tokenizer also pauses after each script.
        while tokenizer.feed(&input) != TokenizerResult::Done {}
        words = if tokenizer.sink.heard.take() { 0 } else { words + piece.split(is_between_words).count() };
        if words > MOST_WORDS {
            return Err(beyond(&format!("has a tag of more than {MOST_WORDS} words")));
        }
        let nodes = document().tree.len();
        if nodes > MOST_NODES {
            return Err(beyond(&format!("has more than {MOST_NODES} elements")));
        }
        if nodes - looked_at > NEW_NODES {
            looked_at = nodes;
            check(document())?;
        }
    }
    tokenizer.end();
    let document = tokenizer.sink.tree_builder.sink.finish();
    check(&document)?;
    Ok(document)
}

/// Forwards tokens to the tree builder, and records that there were any.
struct Listener {
    tree_builder: TreeBuilder<NodeId, Document>,
    heard: Cell<bool>,
}

impl TokenSink for Listener {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if !matches!(token, Token::ParseError(_)) {
            self.heard.set(true);
        }
        self.tree_builder.process_token(token, line)
    }

    fn end(&self) {
        self.tree_builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree_builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn is_between_words(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'')
}

/// Walks the tree without recursion.
fn check(document: &Document) -> Result<(), InvalidArticle> {
    let (mut node, mut depth, mut held) = (document.root(), 0, 0);
    loop {
        held += depth * (NODE + node.query_or(0, text_length));
        if depth > DEEPEST {
            return Err(beyond(&format!("is nested too deeply, more than {DEEPEST} elements")));
        }
        if held > MOST_HELD {
            return Err(beyond("is nested too deeply for its size"));
        }
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            continue;
        }
        while node.next_sibling().is_none() {
            let Some(parent) = node.parent() else { return Ok(()) };
            (node, depth) = (parent, depth - 1);
        }
        let Some(next) = node.next_sibling() else { return Ok(()) };
        node = next;
    }
}

fn text_length(node: &TreeNode) -> usize {
    if let NodeData::Text { contents } = &node.data { contents.len() } else { 0 }
}

fn beyond(what: &str) -> InvalidArticle {
    InvalidArticle::as_a_whole(format!("{what}, as no article's page has; send its `text` and `published_on` as JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(html: &str) -> String {
        parse(html).err().map(|error| error.problem).unwrap_or_default()
    }

    #[test]
    fn what_is_nested_without_end_is_given_up() {
        for open in ["<div>", "<table><tr><td>", "<b>x", "<li><dd>", "<svg><g>", "<ins>"] {
            assert!(problem(&open.repeat((1 << 20) / open.len())).contains("nested"), "{open}");
            // Deep nesting hidden between shallow content.
            let hidden = format!("{}</body><!-- -->", open.repeat(60));
            assert!(problem(&hidden.repeat(2000)).contains("nested"), "{open}");
        }
        assert_eq!(problem(&"<div>".repeat(400)), "");
        assert!(problem(&format!("{}{}", "<div>".repeat(400), "word ".repeat(40_000))).contains("nested too deeply"));
        assert_eq!(problem(&format!("<p>{}", "<p>one<br>two".repeat(5000))), "");
    }

    fn numbered(most: usize, before: &str, after: &str) -> String {
        (0..most).fold(String::new(), |all, number| all + before + &number.to_string() + after)
    }

    #[test]
    fn what_grows_without_end_is_given_up() {
        let open = numbered(300, "<b a", ">");
        assert!(problem(&format!("{open}{}", "<p>x".repeat(200_000))).contains("no article"));
        assert!(problem(&"<br>".repeat(100_000)).contains("50000 elements"));
        assert!(problem(&"<template>".repeat(100_000)).contains("50000 elements"));
        // Each ends the previous one.
        assert!(problem(&"<table>".repeat(100_000)).contains("50000 elements"));
        let attributes = numbered(150_000, " a", "");
        assert!(problem(&format!("<p{attributes}>")).contains("tag of more than"));
        let marred = numbered(150_000, " a\"", "");
        assert!(problem(&format!("<p{marred}>")).contains("tag of more than"));
    }

    #[test]
    fn one_long_value_is_no_matter() {
        assert_eq!(
            problem(&format!(
                "<p title='{}'>{}<script>{}",
                "x".repeat(1 << 20),
                "y ".repeat(1 << 18),
                "z ".repeat(1 << 18)
            )),
            ""
        );
    }
}
