//! Linear models over hashed features: a table of quantised weights written by training, with a head that describes
//! their origin.
//!
//! The file consists of text and a table. Lines that begin with `#` are comments. Then follow lines with a name and a
//! value: the `scale` S, the `fingerprint` of the table, and optionally the calibration curve `confidence`. After an
//! empty line, there is one signed byte for each bucket, the weight in steps of `S`; the number of buckets is a power
//! of two.

use strum::EnumString;

/// The hash of a feature; the highest bits are its class.
pub type FeatureHash = u32;

/// The number of bits of the class.
const CLASS_BITS: u32 = 6;

/// The model files of the decisions, compiled in or trained; an empty file is a model without weights.
#[derive(Clone, Copy, Debug, Default)]
pub struct Models<'a> {
    /// Whether a date and a trigger form an event.
    pub event: &'a [u8],
    /// Which of several triggers a date belongs to.
    pub binding: &'a [u8],
}

/// Compiles in the file `data/models/$name`.
macro_rules! model_file {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/", $name))
    };
}

/// The compiled-in models.
pub const MODELS: Models<'static> =
    Models { event: model_file!("en/event.model"), binding: model_file!("en/binding.model") };

/// A linear model over hashed features.
#[derive(Debug)]
pub struct Model {
    /// The weight of one step.
    scale: f32,
    /// The weight of each bucket, in steps; empty for a model without weights.
    steps: Box<[i8]>,
    /// The calibration curve: scores in ascending order, each with the share of correct decisions.
    curve: Box<[(f32, f32)]>,
}

/// The lines of the head that matter to loading.
#[derive(Clone, Copy, Debug, EnumString)]
#[strum(serialize_all = "lowercase")]
enum Field {
    /// The weight of one step.
    Scale,
    /// The calibration curve.
    Confidence,
}

impl Model {
    /// Parses a model file; an empty one is a model without weights.
    ///
    /// # Panics
    /// Panics if the file is malformed, as it is part of the program.
    pub fn read(file: &[u8]) -> Self {
        let mut rest = file;
        let (mut scale, mut curve) = (0.0, Vec::new());
        let number = |text: &str| text.parse::<f32>().expect("a model's head has numbers");
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line = std::str::from_utf8(&rest[..end]).expect("a model begins with text");
            rest = &rest[end + 1..];
            let field = line.split_once(' ').and_then(|(name, value)| Some((name.parse().ok()?, value)));
            match field {
                Some((Field::Scale, step)) => scale = number(step),
                Some((Field::Confidence, points)) => {
                    curve.extend(
                        points.split(' ').filter_map(|p| p.split_once(':')).map(|(x, y)| (number(x), number(y))),
                    );
                }
                None if line.is_empty() => break,
                None => {}
            }
        }
        assert!(rest.is_empty() || rest.len().is_power_of_two(), "a model's table is as long as a power of two");
        let steps = rest.iter().map(|byte| byte.cast_signed()).collect();
        Self { scale, steps, curve: curve.into() }
    }

    /// Whether the model has no weights.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The weight of a feature.
    pub fn weight(&self, feature: FeatureHash) -> f32 {
        f32::from(self.step(feature)) * self.scale
    }

    /// The probability, 0 to 1, that a decision with this score is correct.
    pub fn confidence(&self, sum: f32) -> f32 {
        confidence_of(&self.curve, sum)
    }

    fn step(&self, feature: FeatureHash) -> i8 {
        self.steps.get(bucket(feature, self.steps.len())).copied().unwrap_or_default()
    }
}

/// The index of the weight of a feature in a table of `buckets`, a power of two.
pub fn bucket(feature: FeatureHash, buckets: usize) -> usize {
    feature as usize & buckets.wrapping_sub(1)
}

/// The hash of a feature: of its class and the hashes of its parts. It is stable across machines and versions, as
/// model files depend on it.
pub fn hash(class: u32, parts: [u32; 3]) -> FeatureHash {
    let all = [class, parts[0], parts[1], parts[2]];
    let hash = all.iter().fold(0x811c_9dc5, |hash: u32, part| (hash.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b1));
    mix(hash) >> CLASS_BITS | class << (u32::BITS - CLASS_BITS)
}

/// The class of a feature.
pub fn class(feature: FeatureHash) -> u32 {
    feature >> (u32::BITS - CLASS_BITS)
}

/// The FNV-1a hash of some bytes, which identifies a table of weights.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The hash of a folded word.
pub fn hash_word(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Mixes all bits, like the finaliser of `MurmurHash3`.
fn mix(mut hash: u32) -> u32 {
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// The probability that a decision with a score is correct, interpolated from a calibration curve: scores in ascending
/// order, each with the share of correct decisions. Without a curve, the score is the logarithm of the odds.
pub fn confidence_of(curve: &[(f32, f32)], sum: f32) -> f32 {
    let next = curve.partition_point(|(x, _)| *x <= sum);
    match (next.checked_sub(1).map(|at| curve[at]), curve.get(next)) {
        (Some((x, y)), Some((to_x, to_y))) => y + (to_y - y) * (sum - x) / (to_x - x),
        (Some((_, y)), None) | (None, Some(&(_, y))) => y,
        (None, None) => 1.0 / (1.0 + (-sum).exp()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model of four buckets.
    fn model(weights: [i8; 4]) -> Model {
        let mut file = b"# a head\nscale 0.5\nconfidence -1:0.2 1:0.6\n\n".to_vec();
        file.extend(weights.map(i8::cast_unsigned));
        Model::read(&file)
    }

    #[test]
    fn a_weight_is_the_step_of_its_bucket() {
        let model = model([1, -2, 3, 127]);
        let mut weights = [0.0; 4];
        for feature in 0..1000 {
            weights[bucket(feature, 4)] = model.weight(feature);
        }
        let wanted = [0.5_f32, -1.0, 1.5, 63.5];
        assert!(
            weights.iter().zip(wanted).all(|(weight, wanted)| (weight - wanted).abs() < f32::EPSILON),
            "{weights:?}"
        );
    }

    #[test]
    fn an_empty_model_weighs_nothing() {
        let model = Model::read(&[]);
        assert!(model.is_empty());
        assert!(model.weight(7).abs() < f32::EPSILON);
        assert!((model.confidence(0.0) - 0.5).abs() < f32::EPSILON);
    }

    #[test]
    fn a_confidence_is_read_from_the_curve() {
        let model = model([0; 4]);
        for (sum, expected) in [(-9.0, 0.2), (-1.0, 0.2), (0.0, 0.4), (0.5, 0.5), (1.0, 0.6), (9.0, 0.6)] {
            assert!((model.confidence(sum) - expected).abs() < 1e-6, "{sum}");
        }
    }

    #[test]
    fn the_built_in_models_are_those_that_their_heads_describe() {
        for file in [MODELS.event, MODELS.binding] {
            let head = file.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
            let head: Vec<&str> = head.map(|line| std::str::from_utf8(line).unwrap()).collect();
            let table = &file[(head.iter().map(|line| line.len() + 1).sum::<usize>() + 1).min(file.len())..];
            let stated = head.iter().find_map(|line| line.strip_prefix("fingerprint "));
            assert_eq!(stated, Some(&*format!("{:016x}", fingerprint(table))).filter(|_| !file.is_empty()));
        }
    }

    #[test]
    fn hashes_stay_as_the_model_files_know_them() {
        assert_eq!(hash_word("talks"), 0xfeab_4a74);
        assert_eq!(hash(1, [2, 3, 4]), 0x0743_feae);
    }
}
