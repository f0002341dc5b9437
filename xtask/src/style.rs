//! `style/` -> one minified style sheet, the two fonts, the icon, the script of the upload.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::places::{Places, read};
use crate::site::{Asset, Site, inputs_below};

/// The latin part of the variable font: enough for French, Dutch, German and English.
const PUBLIC_SANS: &str = "@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2";

pub(crate) fn build(places: &Places, site: &mut Site) -> Result<()> {
    let mut inputs = inputs_below(&places.style())?;
    for package in ["govuk-frontend", "sass", "@fontsource-variable/public-sans"] {
        inputs.push_str(package);
        inputs.push_str(&places.npm_version(package)?);
    }

    site.step("style", &inputs, || {
        let fonts = [
            Asset::hashed("public-sans.woff2", read(&places.npm(PUBLIC_SANS)?)?),
            Asset::hashed("beffroi-espaces.woff2", read(&places.style().join("fonts/beffroi-espaces.woff2"))?),
        ];
        let icon = Asset::hashed("icone.svg", read(&places.style().join("icone.svg"))?);
        let sheet = Asset::hashed("beffroi.css", style_sheet(places, &fonts)?.into_bytes());
        // A few lines that help where there is JavaScript; nothing needs them.
        let upload = Asset::hashed("televersement.js", read(&places.style().join("televersement.js"))?);
        Ok(fonts.into_iter().chain([icon, sheet, upload]).collect())
    })
}

fn style_sheet(places: &Places, fonts: &[Asset]) -> Result<String> {
    let sass = Command::new("node")
        .arg(places.npm("sass/sass.js")?)
        .args(["--no-source-map", "--no-charset", "--style=compressed"])
        .arg(format!("--load-path={}", places.npm("")?.display()))
        .arg(places.style().join("beffroi.scss"))
        .output()
        .context("node could not be started")?;
    ensure!(sass.status.success(), "{}", String::from_utf8_lossy(&sass.stderr));

    let mut css = String::from_utf8(sass.stdout)?;
    for font in fonts {
        let address = format!("url({})", font.name);
        ensure!(css.contains(&address), "the style sheet does not use {address}");
        css = css.replace(&address, &format!("url({})", font.file));
    }
    Ok(css)
}
