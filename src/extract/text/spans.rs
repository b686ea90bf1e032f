//! Search in ordered spans of tokens.

use std::ops::Range;

/// The indexes of those of the ordered `spans` that begin within `tokens`.
pub fn beginning_within<T>(
    spans: &[T],
    tokens_of: impl Fn(&T) -> &Range<usize>,
    tokens: &Range<usize>,
) -> Range<usize> {
    let first = spans.partition_point(|span| tokens_of(span).start < tokens.start);
    let last = spans.partition_point(|span| tokens_of(span).start < tokens.end);
    first..last
}

/// Whether one of `spans`, which are ordered and disjoint, shares a token with `tokens`.
pub fn overlaps_any<T>(spans: &[T], tokens_of: impl Fn(&T) -> &Range<usize>, tokens: &Range<usize>) -> bool {
    let next = spans.partition_point(|span| tokens_of(span).end <= tokens.start);
    spans.get(next).is_some_and(|span| tokens_of(span).start < tokens.end)
}
