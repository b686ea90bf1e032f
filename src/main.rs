//! The program: the command line, and nothing that a library would need.

mod cli;
mod config;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
