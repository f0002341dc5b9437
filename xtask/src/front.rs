//! `app` compiled for the browser: WebAssembly and the script that loads it, for the pages that have an island.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::places::{Places, cargo, read, run};
use crate::site::{Asset, Site, hash, inputs_below};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// What every browser that knows `light-dark()` (2024) can run.
const WASM_OPT: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

pub(crate) fn build(places: &Places, site: &mut Site) -> Result<()> {
    ensure!(target_is_installed()?, "the Rust target {TARGET} is missing: run `rustup target add {TARGET}`");
    compile(places)?;

    let compiled = places.front().join(TARGET).join(PROFILE).join("app.wasm");
    let inputs = format!("{} binaryen {}", hash([read(&compiled)?.as_slice()]), places.npm_version("binaryen")?);
    site.step("front", &inputs, || bind(places, &compiled))
}

fn target_is_installed() -> Result<bool> {
    let rustc = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .stderr(Stdio::null())
        .output()
        .context("rustc could not be started")?;
    Ok(Path::new(String::from_utf8(rustc.stdout)?.trim()).is_dir())
}

fn compile(places: &Places) -> Result<()> {
    run(cargo()
        .current_dir(&places.root)
        .args(["build", "--quiet", "-p", "app", "--lib", "--target", TARGET, "--profile", PROFILE])
        .args(["--no-default-features", "--features", "hydrate", "--target-dir"])
        .arg(places.front()))
}

fn bind(places: &Places, compiled: &Path) -> Result<Vec<Asset>> {
    let bound = places.front().join("bound");
    if bound.exists() {
        fs::remove_dir_all(&bound)?;
    }
    Bindgen::new().input_path(compiled).out_name("app").web(true)?.typescript(false).generate(&bound)?;

    let wasm = bound.join("app_bg.wasm");
    run(Command::new(places.npm("binaryen/bin/wasm-opt")?).args(WASM_OPT).arg("-o").arg(&wasm).arg(&wasm))?;

    let snippets = bound.join("snippets");
    let script = String::from_utf8(read(&bound.join("app.js"))?)?;
    let wasm = read(&wasm)?;
    let version = hash([
        script.as_bytes(),
        wasm.as_slice(),
        if snippets.exists() { inputs_below(&snippets)? } else { String::new() }.as_bytes(),
    ]);

    // One version for the whole bundle: the script names its wasm and its snippets.
    let renamed = script
        .replace("app_bg.wasm", &format!("app-{version}_bg.wasm"))
        .replace("./snippets/", &format!("./snippets-{version}/"));
    let mut assets = vec![
        Asset { name: "app.js".into(), file: format!("app-{version}.js"), bytes: renamed.into_bytes() },
        Asset { name: "app_bg.wasm".into(), file: format!("app-{version}_bg.wasm"), bytes: wasm },
    ];
    if snippets.exists() {
        collect_snippets(&snippets, "", &version, &mut assets)?;
    }
    Ok(assets)
}

fn collect_snippets(folder: &Path, below: &str, version: &str, assets: &mut Vec<Asset>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect_snippets(&entry.path(), &path, version, assets)?;
        } else {
            assets.push(Asset {
                name: format!("snippets{path}"),
                file: format!("snippets-{version}{path}"),
                bytes: read(&entry.path())?,
            });
        }
    }
    Ok(())
}
