//! One sheet as a file of a spreadsheet program (Office Open XML, ISO/IEC 29500): numbers stay numbers, text is never a
//! formula. Written here rather than by a library: those at hand change the compression that our PDF files rest on, and
//! with it their bytes.

mod archive;

use std::fmt::Write as _;

/// A sheet: the first row and the first column stay in sight.
pub struct Sheet {
    pub name: String,
    /// Width of each column, in characters.
    pub widths: Vec<u16>,
    pub rows: Vec<Vec<Value>>,
}

/// What stands in a cell, with its looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Nothing,
    Text(String, Look),
    /// A number as files write it, `87.33`.
    Number(String, Look),
}

/// The looks that a sheet has; the order is that of the styles in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    Head,
    Group,
    Right,
    Points,
    BestPoints,
    Money,
    BestMoney,
}

impl Look {
    fn style(self) -> u8 {
        match self {
            Self::Plain => 0,
            Self::Head => 1,
            Self::Group => 2,
            Self::Right => 3,
            Self::Points => 4,
            Self::BestPoints => 5,
            Self::Money => 6,
            Self::BestMoney => 7,
        }
    }
}

/// A text that a spreadsheet would take for a formula is marked as text: it may be copied from there to anywhere.
pub fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

/// The bytes of the file; the same for the same sheet.
pub fn xlsx(sheet: &Sheet) -> Vec<u8> {
    let book = WORKBOOK.replace("{name}", &escaped(&sheet.name));
    archive::stored(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &worksheet(sheet)),
    ])
}

fn worksheet(sheet: &Sheet) -> String {
    let mut xml = String::from(SHEET_HEAD);
    xml.push_str("<cols>");
    for (width, number) in sheet.widths.iter().zip(1..) {
        let _ = write!(xml, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    xml.push_str("</cols><sheetData>");
    for (cells, number) in sheet.rows.iter().zip(1..) {
        let _ = write!(xml, "<row r=\"{number}\">");
        for (place, value) in cells.iter().enumerate() {
            cell(&mut xml, &format!("{}{number}", letters(place)), value);
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

fn cell(xml: &mut String, place: &str, value: &Value) {
    let _ = match value {
        Value::Nothing => Ok(()),
        Value::Text(text, look) => write!(
            xml,
            "<c r=\"{place}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            look.style(),
            escaped(text)
        ),
        Value::Number(number, look) => {
            write!(xml, "<c r=\"{place}\" s=\"{}\"><v>{}</v></c>", look.style(), escaped(number))
        }
    };
}

/// `A`, `B`, … `Z`, `AA`.
fn letters(place: usize) -> String {
    let mut rest = place;
    let mut name = String::new();
    loop {
        let letter = u8::try_from(rest % 26).unwrap_or_default();
        name.insert(0, char::from(b'A' + letter));
        if rest < 26 {
            return name;
        }
        rest = rest / 26 - 1;
    }
}

/// XML has no place for control characters at all.
fn escaped(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).fold(
        String::new(),
        |mut escaped, letter| {
            match letter {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                other => escaped.push(other),
            }
            escaped
        },
    )
}

const TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>"#,
    r#"<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>"#,
    r#"<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#,
    "</Types>"
);

const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>"#,
    "</Relationships>"
);

const WORKBOOK: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#,
    r#"<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>"#
);

const BOOK_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    "</Relationships>"
);

/// One `xf` per [`Look`], in its order.
const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
    r##"<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;€&quot;"/></numFmts>"##,
    r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#,
    r#"<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFEEEDE6"/></patternFill></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFE3F0E7"/></patternFill></fill></fills>"#,
    r#"<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#,
    r#"<cellXfs count="8">"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#,
    r#"<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="right" wrapText="1"/></xf>"#,
    r#"<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf>"#,
    r#"<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="2" fontId="1" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>"#,
    r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="164" fontId="1" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>"#,
    r#"</cellXfs></styleSheet>"#
);

const SHEET_HEAD: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
    r#"<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>"#
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn what_is_typed_stays_a_text() {
        let rows = vec![vec![
            Value::Text(guarded("=1+1"), Look::Plain),
            Value::Text("<a>\u{1}&".to_owned(), Look::Head),
            Value::Number("87.33".to_owned(), Look::Points),
        ]];
        let xml = worksheet(&Sheet { name: "S".to_owned(), widths: vec![10], rows });

        assert!(
            xml.contains(">'=1+1</t>") && xml.contains("&lt;a&gt;&amp;</t>") && xml.contains("<v>87.33</v>"),
            "{xml}"
        );
        assert!(!xml.contains("<f>"));
    }
}
