//! The units as dots where they are: a path a status, so that a nation stays light.

use std::fmt::Write as _;

use ikrar_log::report::{PlaceOut, Report};
use ikrar_log::status::Status;

use super::say::{ORDER, Say, StatusWord};

const WIDTH: f64 = 880.0;
const MARGIN: f64 = 16.0;
const TALLEST: f64 = 640.0;

pub(super) struct Map {
    pub(super) width: String,
    pub(super) height: String,
    pub(super) marks: Vec<Marks>,
    pub(super) placed: String,
    pub(super) extent: String,
    /// The one row of numbers by which the page's program finds the unit under the pointer.
    pub(super) projection: String,
}

/// All dots of a status.
pub(super) struct Marks {
    pub(super) status: StatusWord,
    pub(super) count: String,
    pub(super) path: String,
    pub(super) sample: String,
}

/// From degrees to the drawing.
struct Projection {
    west: f64,
    north: f64,
    per_longitude: f64,
    per_latitude: f64,
}

impl Projection {
    fn at(&self, place: PlaceOut) -> (f64, f64) {
        let x = MARGIN + (place.longitude - self.west) * self.per_longitude;
        let y = MARGIN + (self.north - place.latitude) * self.per_latitude;
        (x, y)
    }
}

impl Map {
    pub(super) fn new(report: &Report, say: Say<'_>) -> Option<Self> {
        let placed: Vec<_> = report.units.iter().filter_map(|unit| Some((unit.status, unit.place?))).collect();
        let places = || placed.iter().map(|(_, place)| *place);
        let least = |of: fn(PlaceOut) -> f64| places().map(of).reduce(f64::min);
        let most = |of: fn(PlaceOut) -> f64| places().map(of).reduce(f64::max);
        let (west, east) = (least(|place| place.longitude)?, most(|place| place.longitude)?);
        let (south, north) = (least(|place| place.latitude)?, most(|place| place.latitude)?);
        // One place alone still needs a width.
        let (wide, tall) = ((east - west).max(0.01), (north - south).max(0.01));
        let narrowing = ((south + north) / 2.0).to_radians().cos().max(0.1);
        let scale = ((WIDTH - 2.0 * MARGIN) / (wide * narrowing)).min((TALLEST - 2.0 * MARGIN) / tall);
        let projection = Projection { west, north, per_longitude: scale * narrowing, per_latitude: scale };
        let radius = if placed.len() > 2_000 { 1.6 } else { 4.5 };
        let marks = ORDER.into_iter().filter_map(|status| {
            let of_status = || placed.iter().filter(move |(it, _)| *it == status);
            let count = u64::try_from(of_status().count()).ok().filter(|count| *count > 0)?;
            let mut path = String::new();
            of_status().for_each(|(_, place)| dot(&mut path, projection.at(*place), status, radius));
            let mut sample = String::new();
            dot(&mut sample, (8.0, 8.0), status, 4.5);
            Some(Marks { status: say.status(status), count: say.n(count), path, sample })
        });
        let degrees = |degrees: f64| say.decimal(&format!("{degrees:.4}"));
        let args = [
            ("south", degrees(south).into()),
            ("north", degrees(north).into()),
            ("west", degrees(west).into()),
            ("east", degrees(east).into()),
        ];
        let Projection { per_longitude, per_latitude, .. } = projection;
        Some(Self {
            width: format!("{:.0}", wide * per_longitude + 2.0 * MARGIN),
            height: format!("{:.0}", tall * per_latitude + 2.0 * MARGIN),
            marks: marks.collect(),
            placed: say
                .with("page-map-placed", &[("placed", placed.len().into()), ("listed", report.units.len().into())]),
            extent: say.with("page-map-extent", &args),
            projection: format!("{MARGIN} {west} {north} {per_longitude:.6} {per_latitude:.6}"),
        })
    }
}

/// A shape for each status, so that it can be told without its colour.
fn dot(path: &mut String, (x, y): (f64, f64), status: Status, radius: f64) {
    let (r, d) = (radius, radius * 2.0);
    let _ = match status {
        // A disc.
        Status::Complete => write!(path, "M{:.1} {y:.1}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0", x - r),
        // A diamond.
        Status::Late => write!(path, "M{:.1} {y:.1}l{r} -{r}l{r} {r}l-{r} {r}z", x - r),
        // A triangle.
        Status::Partial => write!(path, "M{:.1} {:.1}l{r} -{d}l{r} {d}z", x - r, y + r),
        // A cross.
        Status::Missing => write!(path, "M{:.1} {:.1}l{d} {d}m0 -{d}l-{d} {d}", x - r, y - r),
        // A square.
        Status::Disputed => write!(path, "M{:.1} {:.1}h{d}v{d}h-{d}z", x - r, y - r),
        // A ring.
        Status::Pending => write!(path, "M{:.1} {y:.1}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0", x - r),
        // A plus.
        Status::Retired => write!(path, "M{:.1} {y:.1}h{d}m-{r} -{r}v{d}", x - r),
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn two_statuses_have_one_shape() {
        let drawn = |status| {
            let mut path = String::new();
            dot(&mut path, (0.0, 0.0), status, 2.0);
            path
        };
        // A ring is a disc that is not filled.
        let filled = ORDER.into_iter().filter(|status| *status != Status::Pending);
        assert_eq!(filled.map(drawn).collect::<BTreeSet<_>>().len(), ORDER.len() - 1);
        let style = include_str!("../../../../templates/report.css");
        assert!(style.contains(".dot.s-pending { fill: none;") && style.contains(".dot.s-complete { fill: var("));
    }
}
