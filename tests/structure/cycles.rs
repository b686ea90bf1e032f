//! Finds import cycles among files.

use crate::modules::{Modules, Use};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Returns a description of each import cycle: for every file that is in one, the shortest.
pub fn import_cycles(modules: &Modules) -> Vec<String> {
    let uses = modules.0.iter().map(|(path, module)| (module.file.clone(), modules.uses(path)));
    let graph: BTreeMap<String, BTreeSet<Use>> = uses.collect();
    let mut found: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    let mut descriptions = Vec::new();
    for start in graph.keys() {
        if let Some(cycle) = shortest_cycle(&graph, start)
            && found.insert(cycle.iter().map(|(file, _)| *file).collect())
        {
            descriptions.push(describe(&cycle));
        }
    }
    descriptions
}

/// A file of a cycle, and how it uses the next one.
type Step<'a> = (&'a str, &'a Use);

/// Returns the shortest cycle through a file, by a breadth-first search.
fn shortest_cycle<'a>(graph: &'a BTreeMap<String, BTreeSet<Use>>, start: &'a str) -> Option<Vec<Step<'a>>> {
    let mut reached_by: BTreeMap<&str, Step> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for used in graph.get(file).into_iter().flatten() {
            if !reached_by.contains_key(&*used.file) {
                reached_by.insert(&used.file, (file, used));
                queue.push_back(&used.file);
            }
        }
    }
    let mut cycle = vec![*reached_by.get(start)?];
    while cycle[0].0 != start {
        cycle.insert(0, reached_by[cycle[0].0]);
    }
    Some(cycle)
}

fn describe(cycle: &[Step]) -> String {
    let steps =
        cycle.iter().map(|(file, used)| format!("  {file}:{} uses `{}` of {}", used.line, used.item, used.file));
    let steps: Vec<String> = steps.collect();
    format!("import cycle of {} files:\n{}", cycle.len(), steps.join("\n"))
}
