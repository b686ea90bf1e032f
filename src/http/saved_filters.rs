//! Saved filters: an object with the names of query parameters, parsed by the same code as a query.

use super::{
    App,
    filter::FilterParams,
    params::{Pairs, Params, REPEATABLE},
    problem::Problem,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, RefOr, Schema, Type,
        schema::{AdditionalProperties, OneOfBuilder, SchemaType},
    },
};

/// Parameters that belong to a single request and cannot be saved.
pub(super) const OF_A_REQUEST: [&str; 3] = ["cursor", "limit", "updated_since"];

/// Filters by the names of query parameters. Values are strings as in a query; repeatable ones may
/// be lists of strings. `null` is treated as absent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(from = "Map<String, Value>", into = "Map<String, Value>")]
pub(super) struct SavedFilters(Map<String, Value>);

impl From<Map<String, Value>> for SavedFilters {
    fn from(mut filters: Map<String, Value>) -> Self {
        filters.retain(|_, value| !value.is_null());
        Self(filters)
    }
}

impl From<SavedFilters> for Map<String, Value> {
    fn from(filters: SavedFilters) -> Self {
        filters.0
    }
}

impl SavedFilters {
    /// Parses the filters as parameters `T` and passes them to `read`: `filters.read(app,
    /// FilterParams::whole)`. An error names the invalid filter as `filters.kind`.
    pub(super) fn read<T: DeserializeOwned, R>(
        &self,
        app: &App,
        read: fn(T, &App) -> Result<R, Problem>,
    ) -> Result<R, Problem> {
        let read = || read(Params::parse(self.pairs()?.into_iter())?.0, app);
        read().map_err(|problem: Problem| problem.within("filters"))
    }

    /// Returns the filters as query parameters.
    pub(super) fn pairs(&self) -> Result<Pairs<'_>, Problem> {
        let mut pairs = Vec::new();
        for (name, value) in &self.0 {
            if OF_A_REQUEST.contains(&&**name) {
                let detail = format!("{name} belongs to each request and cannot be saved");
                return Err(Problem::of_field(name, detail));
            }
            let values = match value {
                Value::Array(values) if REPEATABLE.contains(&&**name) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            for value in values {
                let not_a_text = || Problem::of_field(name, format!("{name} must be a string, as in a query"));
                pairs.push((name.into(), value.as_str().ok_or_else(not_a_text)?.into()));
            }
        }
        Ok(pairs)
    }
}

impl ToSchema for SavedFilters {}

impl PartialSchema for SavedFilters {
    /// Derived from the query parameters, with their descriptions.
    fn schema() -> RefOr<Schema> {
        let filters = FilterParams::into_params(|| None);
        let kept = filters.into_iter().filter(|filter| !OF_A_REQUEST.contains(&&*filter.name));
        let object = kept.fold(ObjectBuilder::new(), |object, filter| {
            let text = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]));
            let schema: Schema = match filter.schema {
                Some(RefOr::T(Schema::Array(texts))) => {
                    OneOfBuilder::new().item(text).item(texts).description(filter.description).into()
                }
                _ => text.description(filter.description).into(),
            };
            object.property(filter.name, schema)
        });
        let about = "Filters, by the names of the query parameters. `null` is treated as absent.";
        object.description(Some(about)).additional_properties(Some(AdditionalProperties::FreeForm(false))).into()
    }
}
