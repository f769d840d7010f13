import pytest

from assay.report.theme import COLOURS, Theme, contrast, heat_colours, variables

TEXT = ("ink", "muted", "accent", "right", "wrong")
GRAPHICS = ("base", "reading", "retrieval", "behaviour", "capability", "knowledge", "routing", "unknown")
THEMES: tuple[Theme, Theme] = ("light", "dark")


def test_contrast_is_that_of_wcag() -> None:
    # black on white is 21 by definition; #777777 on white is the well-known near miss of 4.48
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#ffffff") == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_text_is_readable(theme: Theme, ground: str) -> None:
    colours = variables(theme)
    assert {
        name: contrast(colours[name], colours[ground])
        for name in TEXT
        if contrast(colours[name], colours[ground]) < 4.5
    } == {}


@pytest.mark.parametrize("theme", THEMES)
def test_marked_text_and_badges_are_readable(theme: Theme) -> None:
    colours = variables(theme)
    assert contrast(colours["ink"], colours["mark"]) >= 4.5
    for badge in ("right", "retrieval", "wrong"):
        assert contrast(colours["paper"], colours[badge]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_bars_stand_out_from_the_paper(theme: Theme) -> None:
    colours = variables(theme)
    assert all(contrast(colours[name], colours["paper"]) >= 3 for name in GRAPHICS)


@pytest.mark.parametrize("theme", THEMES)
def test_heat_map_is_readable_at_every_share(theme: Theme) -> None:
    for percent in range(101):
        background, text = heat_colours(percent / 100, theme)
        assert contrast(background, text) >= 4.5, percent


@pytest.mark.parametrize("theme", THEMES)
def test_heat_grows_in_one_direction_of_lightness(theme: Theme) -> None:
    ladder = [contrast(heat_colours(percent / 100, theme)[0], "#000000") for percent in range(101)]
    assert ladder == sorted(ladder, reverse=theme == "light")


def test_every_colour_has_two_values() -> None:
    assert all(len(light) == len(dark) == 7 for light, dark in COLOURS.values())
