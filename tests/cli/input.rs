//! Files given as arguments, where they are no ordinary ones: too long, and no files at all.

mod scratch;

use std::fs::File;

use scratch::Scratch;

#[test]
fn a_long_file_is_cut_and_read() {
    let scratch = Scratch::new();
    // It takes no room on most file systems.
    File::create(scratch.path("film.mp4")).unwrap().set_len((1 << 30) + 1).unwrap();
    scratch.run(&["show", "film.mp4"]).expect(3, &["film.mp4 is longer than 1 GiB"]);
    scratch.append("film.mp4").expect(3, &["film.mp4 is longer than 1 GiB"]);
}
