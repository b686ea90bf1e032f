//! Converts byte offsets to character offsets in constant time.

/// The distance between two recorded offsets, in bytes.
const STRIDE: usize = 256;

/// The character offset of every 256th byte; empty for ASCII text, where both offsets are the same.
#[derive(Debug)]
pub(super) struct Offsets {
    characters_before: Option<Vec<u32>>,
}

impl Offsets {
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { characters_before: None };
        }
        let mut characters = 0;
        let characters_before = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let before = characters;
                characters += characters_in(chunk);
                before
            })
            .collect();
        Self { characters_before: Some(characters_before) }
    }

    /// The number of characters of `text` before byte `at`.
    pub(super) fn characters(&self, text: &str, at: usize) -> u32 {
        let Some(before) = &self.characters_before else { return u32::try_from(at).unwrap_or(u32::MAX) };
        let Some(&known) = before.get(at / STRIDE) else {
            return before
                .last()
                .map_or(0, |&known| known + characters_in(&text.as_bytes()[(before.len() - 1) * STRIDE..at]));
        };
        known + characters_in(&text.as_bytes()[at / STRIDE * STRIDE..at])
    }
}

/// The number of characters that begin in `bytes`.
fn characters_in(bytes: &[u8]) -> u32 {
    let begins = bytes.iter().filter(|byte| !(0x80..0xC0).contains(*byte)).count();
    u32::try_from(begins).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_count_characters(text in ".{0,900}") {
            let offsets = Offsets::of(&text);
            for (characters, (bytes, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.characters(&text, bytes) as usize, characters);
            }
            prop_assert_eq!(offsets.characters(&text, text.len()) as usize, text.chars().count());
        }
    }
}
