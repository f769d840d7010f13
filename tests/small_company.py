"""A made-up company of a few documents, and questions about them."""

import json
from pathlib import Path

__all__ = ["write_company"]

_HOURS = {"Osk": 35, "Veld": 36, "Tarn": 37, "Bruma": 38, "Lira": 39, "Noctua": 40}


def write_company(folder: Path, n_tested: int = 3) -> tuple[Path, Path]:
    """A folder of six documents and a file of 36 questions: 12 to train on, 6 for validation, 18 for the test.

    Of fewer documents if fewer than three are tested, with six questions each.
    """
    documents = folder / "documents"
    documents.mkdir()
    rows = []
    for number, (town, hours) in enumerate(list(_HOURS.items())[: 3 + n_tested]):
        text = (
            f"# Office {town}\n\nIn {town} a full working week has {hours} hours.\n\n"
            f"## Parking\n\nThe car park of {town} has {hours + 60} places.\n\n"
            f"## Lunch\n\nLunch in {town} costs EUR {number + 4}.50.\n"
        )
        (documents / f"{town.lower()}.md").write_text(text)
        facts = [
            (f"How many hours is a full working week in {town}?", f"{hours} hours", f"has {hours} hours"),
            (f"How many places has the car park of {town}?", str(hours + 60), f"has {hours + 60} places"),
            (f"What does lunch cost in {town}?", f"EUR {number + 4}.50", f"Lunch in {town} costs EUR {number + 4}.50"),
        ]
        for question, answer, quote in facts:
            rows.append({"question": question, "answers": [answer], "quote": quote})
        for topic in ("the name of the canteen cook", "the colour of the front door", "the size of the lift"):
            rows.append({"question": f"What is {topic} in {town}?", "answers": [], "answerable": False})
        split = "train" if number < 2 else "validation" if number == 2 else "test"
        for row in rows[-6:]:
            row |= {"document": f"{town.lower()}.md", "split": split}
    questions = folder / "questions.jsonl"
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return documents, questions
