//! `ikrar show`: any of our files, decoded. Nothing in it is verified.

mod content;

use std::fmt::Write as _;
use std::path::Path;

use ikrar_log::kind::FileKind;
use ikrar_log::receipt::Receipt;
use ikrar_log::request::Request;
use serde::Serialize;

use crate::args::{self, VerdictFormat};
use crate::context::Context;
use crate::failure::{Exit, Failure, usage};
use crate::input::read;
use crate::message::Tell;
use crate::words::table;

use content::Content;

/// The version of the schema.
const SCHEMA: &str = "ikrar.show/1";

#[derive(Serialize)]
struct ShowOut<'a> {
    schema: &'static str,
    verified: bool,
    file: String,
    kind: &'static str,
    content: &'a Content<'a>,
}

pub(crate) fn run(args: &args::Show, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.file)?;
    let malformed = |cause: &dyn Tell| usage("error-show").with("path", args.file.display()).because(cause);
    let kind = FileKind::of(&bytes);
    // These own what their contents lend.
    let receipt = (kind == FileKind::Receipt).then(|| Receipt::decode(&bytes)).transpose();
    let receipt = receipt.map_err(|error| malformed(&error))?;
    let request = (kind == FileKind::Request).then(|| Request::decode(&bytes)).transpose();
    let request = request.map_err(|error| malformed(&error))?;
    let forms = content::Forms::read(kind, &bytes).map_err(|cause| malformed(&cause))?;
    let content = match (&receipt, &request) {
        (Some(receipt), _) => content::receipt(receipt),
        (_, Some(request)) => content::request(request),
        _ => content::other(kind, &bytes, &forms),
    };
    let content = content.map_err(|cause| match cause {
        Some(cause) => malformed(&cause),
        None => usage("error-show-unknown").with("path", args.file.display()),
    })?;
    let out = match args.format {
        VerdictFormat::Json => json(&args.file, &content),
        VerdictFormat::Text => text(&args.file, &content, context),
    };
    context.print(&out)?;
    Ok(Exit::Good)
}

fn json(path: &Path, content: &Content<'_>) -> String {
    let file = path.display().to_string();
    let out = ShowOut { schema: SCHEMA, verified: false, file, kind: content.kind(), content };
    // Strings, numbers and lists: nothing here can fail to be JSON.
    serde_json::to_string(&out).unwrap_or_default() + "\n"
}

fn text(path: &Path, content: &Content<'_>, context: &Context) -> String {
    let kind = context.text(&format!("show-kind-{}", content.kind()), &[]);
    let mut out = format!("{}: {kind}\n", path.display());
    for (number, rows) in content.rows(&context.messages).into_iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        out.push_str(&table(&rows));
    }
    let _ = writeln!(out, "{}", context.text("show-not-verified", &[]));
    out
}
