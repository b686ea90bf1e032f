//! Runs the `console` blocks of README and docs in order, each page against a service of its own, and compares the output;
//! a command without output must succeed. In the expected output, `…` stands for any text, including line breaks. A block
//! marked `console outside` needs the network, another program or a fresh machine, and is not run.

mod program;

use program::{Server, daybook};
use std::{
    fmt::Write,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

const ADDRESS: &str = "http://127.0.0.1:8080";
const DATA_DIR: &str = "/var/lib/daybook";
const LANGUAGES: [&str; 6] = ["", "caddyfile", "console outside", "js", "nginx", "python"];

/// A command with the output that the page shows.
struct Example {
    command: String,
    output: String,
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

/// The commands of a page. A command ends before the first line that its shell does not need: one after a complete
/// command.
fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let (mut language, mut is_open) = (None, false);
    for line in page.lines() {
        match (language, line.strip_prefix("```")) {
            (None, Some(info)) => {
                assert!(info == "console" || LANGUAGES.contains(&info), "unknown fence: {line}");
                language = Some(info);
            }
            (Some(_), Some(_)) => {
                assert!(!is_open, "an incomplete command: {:?}", examples.last().map(|example| &example.command));
                language = None;
            }
            (Some("console"), None) => match (is_open, line.strip_prefix("$ "), examples.last_mut()) {
                (false, Some(command), _) => {
                    examples.push(Example { command: format!("{command}\n"), output: String::new() });
                    is_open = !is_complete(command);
                }
                (true, _, Some(example)) => {
                    writeln!(example.command, "{line}").unwrap();
                    is_open = !is_complete(&example.command);
                }
                (false, None, Some(example)) => writeln!(example.output, "{line}").unwrap(),
                (_, _, None) => panic!("output without a command: {line}"),
            },
            _ => {}
        }
    }
    examples
}

/// Returns whether bash would run it without asking for another line.
fn is_complete(command: &str) -> bool {
    let continues = command.trim_end().ends_with(['\\', '|']);
    let heredoc = command.contains("<<'END'") && !command.trim_end().ends_with("\nEND");
    !continues && !heredoc && command.matches('\'').count().is_multiple_of(2)
}

/// Runs the commands in one shell, and returns the output and exit status of each.
fn run(examples: &[Example], server: &Server, data_dir: &Path) -> Vec<(String, String)> {
    const MARK: &str = "-- end of example";
    let folder = tempfile::tempdir().unwrap();
    for name in ["tests", "docs"] {
        symlink(root().join(name), folder.path().join(name)).unwrap();
    }
    let mut script = String::from("set -o pipefail\nexec 2>&1\n");
    for example in examples {
        writeln!(script, "{}echo \"{MARK} $?\"", example.command.replace(ADDRESS, &server.address)).unwrap();
    }
    let program = daybook();
    let directory = Path::new(program.get_program()).parent().unwrap();
    let path = format!("{}:{}", directory.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(script).current_dir(folder.path()).env("PATH", path);
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let output = shell.env("DAYBOOK_DATA_DIR", data_dir).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let said = said.replace(data_dir.to_str().unwrap(), DATA_DIR).replace(&server.address, ADDRESS);
    let mut parts = said.split(MARK);
    let mut text = parts.next().unwrap_or_default().to_owned();
    parts
        .map(|part| {
            let (status, rest) = part.split_once('\n').unwrap();
            (std::mem::replace(&mut text, rest.to_owned()), status.trim().to_owned())
        })
        .collect()
}

/// Returns whether `shown`, with its `…`, matches `said`.
fn matches(shown: &str, said: &str) -> bool {
    let mut parts = shown.trim_end().split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = said.trim_end().strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

async fn check(page: &str) {
    let examples = examples(&fs::read_to_string(root().join(page)).unwrap());
    if examples.is_empty() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().canonicalize().unwrap().join("data");
    let server = Server::on_folder(&data_dir);
    server.becomes_ready().await;
    let outcomes = run(&examples, &server, &data_dir);
    let mut wrong = String::new();
    for (index, Example { command, output }) in examples.iter().enumerate() {
        let (said, status) = outcomes.get(index).map_or(("", "not run"), |(said, status)| (said, status));
        let is_right = if output.is_empty() { status == "0" && said.is_empty() } else { matches(output, said) };
        if !is_right {
            writeln!(wrong, "$ {command}shown:\n{output}but it printed (status {status}):\n{said}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{page}:\n{wrong}");
}

macro_rules! pages {
    ($($name:ident: $page:literal,)*) => {
        $(#[tokio::test]
        async fn $name() {
            check($page).await;
        })*

        #[test]
        fn every_page_is_run() {
            let mut pages: Vec<String> = vec![$($page.to_owned()),*];
            pages.sort();
            let entries = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
            let names = entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".md"));
            let mut all: Vec<String> = names.map(|name| format!("docs/{name}")).chain(["README.md".into()]).collect();
            all.sort();
            assert_eq!(pages, all);
        }
    };
}

pages! {
    readme: "README.md",
    index: "docs/README.md",
    api: "docs/api.md",
    articles: "docs/articles.md",
    backup: "docs/backup.md",
    changes: "docs/changes.md",
    cli: "docs/cli.md",
    concepts: "docs/concepts.md",
    configuration: "docs/configuration.md",
    editing: "docs/editing.md",
    errors: "docs/errors.md",
    ingestion: "docs/ingestion.md",
    integrations: "docs/integrations.md",
    operations: "docs/operations.md",
    performance: "docs/performance.md",
    reliability: "docs/reliability.md",
    score: "docs/score.md",
    security: "docs/security.md",
    upgrade: "docs/upgrade.md",
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let pages = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", "CHANGELOG.md"].map(PathBuf::from);
    let docs =
        fs::read_dir(root().join("docs")).unwrap().map(|entry| Path::new("docs").join(entry.unwrap().file_name()));
    for page in pages.into_iter().chain(docs).filter(|page| page.extension().is_some_and(|of| of == "md")) {
        let text = fs::read_to_string(root().join(&page)).unwrap();
        let links = text.match_indices("](").map(|(at, open)| text[at + open.len()..].split(')').next().unwrap());
        for link in links.filter(|link| !link.contains("://")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            let text =
                fs::read_to_string(root().join(&target)).unwrap_or_else(|_| panic!("{}: {link}", page.display()));
            let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| {
                let line = line.trim_start_matches(['#', ' ']).to_lowercase();
                line.chars()
                    .filter_map(|c| if c == ' ' { Some('-') } else { c.is_alphanumeric().then_some(c) })
                    .collect()
            });
            let headings: Vec<String> = headings.collect();
            assert!(heading.is_empty() || headings.iter().any(|of| of == heading), "{}: {link}", page.display());
        }
    }
}

#[test]
fn pages_are_short() {
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            assert!(fs::read_to_string(&path).unwrap().lines().count() <= 200, "{}", path.display());
        }
    }
    assert!(fs::read_to_string(root().join("README.md")).unwrap().lines().count() <= 120);
}

#[test]
fn an_ellipsis_stands_for_any_text() {
    assert!(matches("a … c\n", "a b c\n") && matches("…\nend", "x\ny\nend") && matches("whsec_…", "whsec_abc\n"));
    assert!(!matches("a", "a b") && !matches("a … c", "a b") && !matches("… c", "b"));
}
