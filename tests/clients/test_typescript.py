"""A client in TypeScript, made of the API's description by `openapi-typescript`: it compiles and it runs."""

from conftest import HERE, node


def test_a_generated_client_compiles_and_lists_events(daybook):
    folder, programs = HERE / "typescript", HERE / "node_modules"
    description = f"{daybook.url}/openapi.yaml"
    node(programs / "openapi-typescript/bin/cli.js", description, "--output", folder / "api.d.ts")
    node(programs / "typescript/bin/tsc", "--project", folder)
    assert node(folder / "list-events.js", daybook.url).splitlines() == [
        "2022-01-10 confirmed Geneva United States+Russia",
        "2022-01-18 postponed Lima Peru+Chile",
        "2022-01-25 cancelled Ottawa Canada+Denmark",
        "2022-01-27 postponed Oslo Norway+Iceland",
        "400 from",
    ]
