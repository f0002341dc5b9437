//! The words that the program understands.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use domain::{kernel::EmailAddress, organisation::Role};

/// Joint public contracts, order vouchers, subsidies and contributions for communes.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Words {
    #[command(subcommand)]
    pub(crate) word: Word,
}

#[derive(Subcommand)]
pub(crate) enum Word {
    /// Serve the pages, and carry out what was promised.
    Serve {
        /// Fill an empty database with the demo world, and let anybody sign in as its people.
        #[arg(long)]
        demo: bool,
    },
    /// Carry out what was promised, without serving pages.
    Work,
    /// People, from the console.
    User {
        #[command(subcommand)]
        word: UserWord,
    },
    /// Bring the database up to date, and ship the communes into it.
    Migrate,
    /// Fill an empty database with the demo world.
    Demo {
        /// Then add so many copies of its tenders, to measure with; they have no specification and no trail.
        #[arg(long, default_value_t = 0)]
        tenders: u64,
        /// Then add vouchers of so many lines in all on copies of its contracts, to measure with.
        #[arg(long, default_value_t = 0)]
        lines: u64,
    },
    /// Count the sums of all ledgers again from their entries, and name the first that differs.
    Recount,
    /// Read or check the trail.
    Audit {
        #[command(subcommand)]
        word: AuditWord,
    },
    /// Take a file in.
    Import {
        #[command(subcommand)]
        word: ImportWord,
    },
    /// Answer JSON lines on standard input with the very rules of the pages.
    Calc,
}

#[derive(Subcommand)]
pub(crate) enum AuditWord {
    /// Recompute every chain and name the first broken row.
    Verify,
}

#[derive(Subcommand)]
pub(crate) enum ImportWord {
    /// Codes of the common procurement vocabulary: columns `code` and `fr`, apart by commas or semicolons.
    Cpv {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum UserWord {
    /// Give somebody a role, and print a one-time link to choose a password.
    Create {
        #[arg(long)]
        email: EmailAddress,
        #[arg(long)]
        name: String,
        /// NIS code, enterprise number or whole name.
        #[arg(long)]
        organisation: String,
        /// For instance `procurement_officer`, `chief_executive`, `coordinator`.
        #[arg(long, value_parser = role)]
        role: Role,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(&text.replace('-', "_")).ok_or_else(|| format!("one of: {}", Role::ALL.map(Role::code).join(", ")))
}
