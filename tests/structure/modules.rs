//! The modules of a part of the library: their files, what each defines and imports, and which file
//! a path leads to.

use crate::tokens::{Kind, Token, closing, tokens};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The path of a module or an item from the root of the crate: `["extract", "text"]`.
pub type Names = Vec<String>;

/// The source file of a module.
pub struct Module {
    /// The file, relative to the root of the package.
    pub file: String,
    pub tokens: Vec<Token>,
    /// The names of the items that the file defines, other than modules.
    items: BTreeSet<String>,
    imports: Vec<Import>,
}

/// A name that a `use` declaration brings into scope; `*` for a glob.
struct Import {
    name: String,
    path: Names,
    line: usize,
    is_public: bool,
}

/// A path in the code of a module to an item of another file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The file that defines the item.
    pub file: String,
    pub item: String,
    pub line: usize,
}

/// All modules of a part of the library, by their paths.
pub struct Modules(pub BTreeMap<Names, Module>);

impl Modules {
    /// Reads the modules in a directory such as `src/extract`.
    pub fn read(directory: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        collect(&root.join(directory), &mut files);
        let relative =
            |file: &String| file.trim_start_matches(&*root.to_string_lossy()).trim_start_matches('/').to_owned();
        let sources = files.iter().map(|file| (relative(file), fs::read_to_string(file).unwrap()));
        Self::parse(sources)
    }

    /// Parses source files, given with their paths below the root of the package.
    pub fn parse(sources: impl IntoIterator<Item = (String, String)>) -> Self {
        let modules = sources.into_iter().map(|(file, source)| {
            let path = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
            let path: Names = path.split('/').map(str::to_owned).collect();
            let tokens = tokens(&source);
            let items = items(&tokens);
            let imports = imports(&tokens, &path);
            (path, Module { file, tokens, items, imports })
        });
        Self(modules.collect())
    }

    /// Returns the items of other files that a module uses, by `use` declarations and by paths in
    /// its code. A re-export counts only if the file uses the name itself, and an imported module
    /// only for the items that are reached by it.
    pub fn uses(&self, path: &Names) -> BTreeSet<Use> {
        let module = &self.0[path];
        let code = code(&module.tokens);
        let is_used = |name: &str| code.iter().any(|token| token.is_word(name));
        let imports = module.imports.iter().filter(|import| !import.is_public || is_used(&import.name));
        let imported = imports.filter_map(|import| Some((self.definition(&import.path)?, import.line)));
        let inline = inline_paths(&code).into_iter().filter_map(|(names, line)| {
            let absolute = self.absolute(path, &names)?;
            Some((self.definition(&absolute)?, line))
        });
        let uses = imported.chain(inline).filter(|((file, _), _)| *file != module.file);
        uses.map(|((file, item), line)| Use { file, item, line }).collect()
    }

    /// Returns the file that defines an item which the code of a module calls by `name`.
    pub fn defining_file(&self, module: &Names, name: &str) -> Option<String> {
        let path = [module.clone(), vec![name.to_owned()]].concat();
        self.definition(&path).map(|(file, _)| file)
    }

    /// Returns the absolute path of one in the code of a module; `None` for a path to a type in
    /// scope or to another crate.
    fn absolute(&self, module: &Names, names: &[String]) -> Option<Names> {
        if ["crate", "self", "super"].contains(&&*names[0]) {
            return Some(from_root(module, names));
        }
        let child = [module.clone(), vec![names[0].clone()]].concat();
        let imported = self.0[module].imports.iter().find(|import| import.name == names[0]).map(|import| &import.path);
        let start =
            if self.0.contains_key(&child) { &child } else { imported.filter(|path| self.0.contains_key(*path))? };
        Some([start.clone(), names[1..].to_vec()].concat())
    }

    /// Returns the file that defines the item at a path, and its name. Follows re-exports; `None`
    /// for a module and for what lies outside.
    fn definition(&self, path: &Names) -> Option<(String, String)> {
        self.follow(path, &mut BTreeSet::new())
    }

    fn follow(&self, path: &Names, visited: &mut BTreeSet<Names>) -> Option<(String, String)> {
        if self.0.contains_key(path) || !visited.insert(path.clone()) {
            return None;
        }
        let length = (1..path.len()).rev().find(|length| self.0.contains_key(&path[..*length]))?;
        let module = &self.0[&path[..length]];
        let name = &path[length];
        let here = Some((module.file.clone(), name.clone()));
        if module.items.contains(name) {
            return here;
        }
        if name == "*" {
            return here.filter(|_| !module.items.is_empty());
        }
        if let Some(import) = module.imports.iter().find(|import| import.name == *name) {
            return self.follow(&[import.path.clone(), path[length + 1..].to_vec()].concat(), visited);
        }
        let globs = module.imports.iter().filter(|import| import.name == "*");
        globs
            .map(|glob| [&glob.path[..glob.path.len() - 1], &path[length..]].concat())
            .find_map(|path| self.follow(&path, visited))
    }
}

fn collect(path: &Path, files: &mut Vec<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), files);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        files.push(path.to_string_lossy().into_owned());
    }
}

/// Returns the names of the items at the top level of a file.
fn items(tokens: &[Token]) -> BTreeSet<String> {
    let keywords = ["struct", "enum", "union", "trait", "type", "fn", "const", "static", "macro_rules"];
    let mut items = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        if keywords.iter().any(|keyword| tokens[at].is_word(keyword)) {
            let name = tokens[at + 1..].iter().find(|token| token.kind == Kind::Word && !token.is_word("mut"));
            items.extend(name.filter(|name| !name.is_word("fn")).map(|name| name.text.clone()));
        }
        at = if tokens[at].opens() { closing(tokens, at) + 1 } else { at + 1 };
    }
    items
}

/// Returns the names that `use` declarations bring into scope, with absolute paths.
fn imports(tokens: &[Token], module: &Names) -> Vec<Import> {
    let children = children(tokens);
    let mut imports = Vec::new();
    for (start, end) in declarations(tokens) {
        let before = start.checked_sub(1).map(|at| &tokens[at]);
        let is_public = before.is_some_and(|token| token.is_word("pub") || token.is(")"));
        let mut paths = Vec::new();
        expand(&tokens[start + 1..end], &[], &mut paths);
        imports.extend(paths.into_iter().map(|(path, name, line)| {
            let is_child = children.contains(&path[0]);
            let path = if is_child { [module.clone(), path].concat() } else { from_root(module, &path) };
            Import { name, path, line, is_public }
        }));
    }
    imports
}

/// Returns the modules that a file declares.
fn children(tokens: &[Token]) -> BTreeSet<String> {
    let declared = tokens.windows(3).filter(|window| window[0].is_word("mod") && window[2].is(";"));
    declared.map(|window| window[1].text.clone()).collect()
}

/// Returns where `use` declarations begin and end.
fn declarations(tokens: &[Token]) -> Vec<(usize, usize)> {
    let starts = (0..tokens.len()).filter(|at| tokens[*at].is_word("use"));
    starts.filter_map(|start| Some((start, start + tokens[start..].iter().position(|token| token.is(";"))?))).collect()
}

/// Returns the tokens outside `use` declarations.
fn code(tokens: &[Token]) -> Vec<Token> {
    let declarations = declarations(tokens);
    let is_code = |at: &usize| !declarations.iter().any(|(start, end)| start <= at && at <= end);
    (0..tokens.len()).filter(is_code).map(|at| tokens[at].clone()).collect()
}

/// Expands a tree such as `a::{b, c as d}` into paths, each with the name that it brings into
/// scope.
fn expand(tree: &[Token], prefix: &[String], paths: &mut Vec<(Names, String, usize)>) {
    let mut path = prefix.to_vec();
    let mut at = 0;
    while at < tree.len() && !tree[at].is(",") {
        if tree[at].is("{") {
            let end = closing(tree, at);
            let mut start = at + 1;
            while start < end {
                expand(&tree[start..end], &path, paths);
                start = next_branch(&tree[..end], start);
            }
            return;
        }
        if tree[at].is_word("as") {
            paths.push((path, tree[at + 1].text.clone(), tree[at].line));
            return;
        }
        if !tree[at].is("::") && !tree[at].is_word("self") || path.is_empty() {
            path.push(tree[at].text.clone());
        }
        at += 1;
    }
    if let Some(name) = path.last().cloned() {
        paths.push((path, name, tree[at - 1].line));
    }
}

/// Returns where the branch after the one at `start` begins.
fn next_branch(tree: &[Token], mut start: usize) -> usize {
    while start < tree.len() && !tree[start].is(",") {
        start = if tree[start].opens() { closing(tree, start) + 1 } else { start + 1 };
    }
    start + 1
}

/// Returns the paths of two or more names in code, with their lines.
fn inline_paths(code: &[Token]) -> Vec<(Names, usize)> {
    let mut paths = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let mut names = Vec::new();
        let line = code[at].line;
        while at < code.len() && code[at].kind == Kind::Word {
            names.push(code[at].text.clone());
            at += 1;
            if code.get(at).is_none_or(|token| !token.is("::")) {
                break;
            }
            at += 1;
        }
        at += usize::from(names.is_empty());
        if names.len() > 1 {
            paths.push((names, line));
        }
    }
    paths
}

/// Resolves `crate`, `self` and `super` at the start of a path.
fn from_root(module: &Names, path: &[String]) -> Names {
    let mut absolute = match path[0].as_str() {
        "self" | "super" => module.clone(),
        _ => Names::new(),
    };
    for name in path {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => drop(absolute.pop()),
            name => absolute.push(name.to_owned()),
        }
    }
    absolute
}
