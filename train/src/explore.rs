//! Development: many settings of one decision on the same examples.
use crate::align::{Decision, Example};
use crate::bounds::Bounds;
use crate::corpus::Corpus;
use crate::pipeline::{all_examples, folds, set, train};
use crate::settings::Settings;
use crate::weights::learn;
use daybook::extract::{Extractor, bucket};

pub fn explore(corpus: &Corpus, bounds: &Bounds, decision: Decision, variants: &[String]) {
    let folds = folds(corpus, 5);
    let run = |fold: usize| -> (Vec<Example>, Vec<Example>) {
        let mut extractor = Extractor::new();
        let seen: Vec<usize> =
            folds.iter().enumerate().filter(|(at, _)| *at != fold).flat_map(|(_, f)| f.clone()).collect();
        let weights = train(&mut extractor, corpus, &seen, &Settings::signals_only(), bounds);
        set(&mut extractor, &weights.files(0.3, |_| String::new(), &[]));
        (all_examples(&extractor, corpus, &seen, decision), all_examples(&extractor, corpus, &folds[fold], decision))
    };
    let data: Vec<(Vec<Example>, Vec<Example>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..5).map(|f| scope.spawn(move || run(f))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    for variant in variants {
        let mut settings = Settings::signals_only();
        for a in variant.split_whitespace() {
            settings.set(&format!("{}.{a}", decision.name())).unwrap();
        }
        let mut total = [[0.0; 3]; 3];
        let parts: Vec<[[f64; 3]; 3]> = std::thread::scope(|scope| {
            let settings = &settings;
            let threads: Vec<_> = data
                .iter()
                .map(|(seen, unseen)| {
                    scope.spawn(move || {
                        let l = learn(decision, seen, settings, bounds);
                        let mut total = [[0.0; 3]; 3];
                        for e in unseen {
                            let mut s = if decision == Decision::Binding { 0.0 } else { l.bias };
                            for (n, v) in &e.signals {
                                s += l.signals.get(n).copied().unwrap_or_default() * f64::from(*v);
                            }
                            if !l.table.is_empty() {
                                for (h, v) in &e.features {
                                    s += f64::from(l.table[bucket(*h, l.table.len())] * v);
                                }
                            }
                            let t = &mut total[corpus.articles[e.article].corpus];
                            let signed = if e.right { s } else { -s };
                            t[0] += e.weight;
                            t[1] += e.weight * (-signed).exp().ln_1p();
                            t[2] += if signed > 0.0 { e.weight } else { 0.0 };
                        }
                        total
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        for p in parts {
            for c in 0..3 {
                for k in 0..3 {
                    total[c][k] += p[c][k];
                }
            }
        }
        print!("{variant:60}");
        for c in 0..3 {
            print!("  {} {:.4} {:.3}", corpus.names[c], total[c][1] / total[c][0], total[c][2] / total[c][0]);
        }
        println!();
    }
}
