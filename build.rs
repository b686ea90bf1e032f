//! The migrations are compiled in by a macro, which cargo does not see reading them.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
