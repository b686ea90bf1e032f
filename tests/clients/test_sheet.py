"""The spreadsheet, parsed by pandas."""

import io

import pandas
import pytest
from conftest import AWKWARD, NAME, TITLE

DAYS = ["starts_on", "ends_on"]
INSTANTS = ["created_at", "updated_at"]


@pytest.fixture(scope="module")
def sheet(daybook):
    octets = daybook.get("/v1/timeline.csv").content
    return pandas.read_csv(io.BytesIO(octets), parse_dates=DAYS + INSTANTS).set_index("id")


def test_columns_have_their_types(sheet, events):
    assert set(sheet.index) == events.keys()
    for column in DAYS + INSTANTS:
        assert pandas.api.types.is_datetime64_any_dtype(sheet[column]), column
    for column in ["latitude", "longitude"]:
        assert pandas.api.types.is_float_dtype(sheet[column]), column
    for column in ["article_count", "revision"]:
        assert pandas.api.types.is_integer_dtype(sheet[column]), column
    assert pandas.api.types.is_bool_dtype(sheet["date_pending"])


def test_rows_say_what_the_api_says(sheet, events):
    for id, event in events.items():
        row = sheet.loc[id]
        assert [row[column].date().isoformat() for column in DAYS] == [event[column] for column in DAYS]
        assert (row["kind"], row["status"], row["precision"]) == (event["kind"], event["status"], event["precision"])
        place = event["place"]
        point = (row["latitude"], row["longitude"])
        assert point == (place["latitude"], place["longitude"]) if place else all(map(pandas.isna, point))
        assert row["updated_at"] == pandas.Timestamp(event["updated_at"])


def test_awkward_names_survive(sheet, awkward):
    row = sheet.loc[awkward["id"]]
    assert row["title"] == "'" + TITLE
    assert row["participants"] == f"{NAME}; Norway"
    assert row["place"] == AWKWARD["place"]["name"]


def test_no_text_is_a_formula(sheet):
    for column in sheet.select_dtypes(["object", "str"]):
        assert not sheet[column].dropna().str.match(r"[=+\-@\t\r]").any(), column
