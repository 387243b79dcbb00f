"""A policy of our own words with the traps that real ones have, for tests."""

import typst

from .word import Word

MARKED = """# Tablets and cameras policy

## 1. Aims

- 1.1 We keep children safe when a tablet is out.
- 1.2 We follow Keeping children safe in education 2018 and the Behaviour policy.

## 2. Scope

- 2.2 This is for everybody who works or helps here.

## 3.Tablets

### 3.1 Charging

- 3.1.1 Staff look after tablets by:
  - charging them in the office.
  - locking them away at night.
- 3.1.2 Counting them each morning.

Good habits

- 3.1.3 A lost tablet is reported to the lead the same day.

### 5.2 Pictures

- 5.2.1 Nobody takes pictures in the changing area.
- 5.2.1 Pictures are taken with our own cameras only.

## 6. Visitors

### At the door

- Visitors leave their phones in the office.
- The office keeps a list:
  - who came;
  - when they left.
"""

# The same, without a mark of Markdown.
PLAIN = """Tablets and cameras policy

1. Aims

1.1 We keep children safe when a tablet is out.

1.2 We follow Keeping children safe in education 2018 and the Behaviour policy.

2. Scope

2.2 This is for everybody who works or helps here.

3.Tablets

3.1 Charging

3.1.1 Staff look after tablets by:
• charging them in the office.
• locking them away at night.

3.1.2 Counting them each morning.

Good habits

3.1.3 A lost tablet is reported to the lead the same day.

5.2 Pictures

5.2.1 Nobody takes pictures in the changing area.

5.2.1 Pictures are taken with our own cameras only.

6. Visitors

At the door

• Visitors leave their phones in the office.
• The office keeps a list:
    • who came;
    • when they left.
"""

HTML = """<!doctype html><html><head><title>No</title><script>alert(1)</script></head><body>
<h1>Tablets and cameras policy</h1>
<h2>1. Aims</h2><p>1.1 We keep children safe when a tablet is out.</p>
<p>1.2 We follow Keeping children safe in education 2018 and the <b>Behaviour policy</b>.</p>
<h2>2. Scope</h2><p>2.2 This is for everybody who works or helps here.</p>
<h2>3.Tablets</h2><h3>3.1 Charging</h3><p>3.1.1 Staff look after tablets by:</p>
<ul><li>charging them in the office.</li><li><p>locking them away at night.</p></li></ul>
<p>3.1.2 Counting them each morning.</p><p><strong>Good habits</strong></p>
<p>3.1.3 A lost tablet is reported to the lead the same day.</p>
<h3>5.2 Pictures</h3><p>5.2.1 Nobody takes pictures in the changing area.</p>
<p>5.2.1 Pictures are taken with our own cameras only.</p>
<h2>6. Visitors</h2><h3>At the door</h3><ul><li>Visitors leave their phones in the office.</li>
<li>The office keeps a list:<ul><li>who came;</li><li>when they left.</li></ul></li></ul>
</body></html>"""


# The text, the list it belongs to, its level there, and its style.
WORD_LINES = (
    ("Aims", "one", 0, "Heading 1"),
    ("We keep children safe when a tablet is out.", "one", 1, None),
    (
        "We follow Keeping children safe in education 2018 and the Behaviour policy.",
        "one",
        1,
        None,
    ),
    ("Scope", "one", 0, "Heading 1"),
    ("This is for everybody who works or helps here.", "late", 1, None),
    ("Tablets", "one", 0, "Heading 1"),
    ("Charging", "one", 1, "Heading 2"),
    ("Staff look after tablets by:", "one", 2, None),
    ("charging them in the office.", None, 0, "List Bullet"),
    ("locking them away at night.", None, 0, "List Bullet"),
    ("Counting them each morning.", "one", 2, None),
    ("Good habits", None, 0, None),
    ("A lost tablet is reported to the lead the same day.", "one", 2, None),
    ("5.2 Pictures", None, 0, "Heading 3"),
    ("5.2.1 Nobody takes pictures in the changing area.", None, 0, None),
    ("5.2.1 Pictures are taken with our own cameras only.", None, 0, None),
    ("Visitors", "last", 0, "Heading 1"),
    ("At the door", "none", 0, "Heading 2"),
    ("Visitors leave their phones in the office.", None, 0, "List Bullet"),
    ("The office keeps a list:", None, 0, "List Bullet"),
    ("who came;", None, 0, "List Bullet 2"),
    ("when they left.", None, 0, "List Bullet 2"),
)


def word_of() -> bytes:
    """The same as a Word document. Its slips come from its lists: one starts at 2, one is set to 6."""
    word = Word()
    levels = word.pattern(styles=("Heading1", "Heading2"))
    lists = {"one": word.list(levels), "late": word.list(levels, {1: 2}), "none": 0}
    lists["last"] = word.list(levels, {0: 6})
    word.document.add_heading("Tablets and cameras policy", 0)
    for text, name, level, style in WORD_LINES:
        word.add(text, lists[name] if name else None, level, style)
    return word.content


def pdf_of(text: str = PLAIN) -> bytes:
    """The same as a PDF of two pages with a line that both repeat and with page numbers."""
    lines = text.replace("#", "").split("\n")
    body = "\n".join(f"#block(above: 0.9em)[{_typed(one)}]" for one in lines if one.strip())
    page = '#set page(height: 320pt, width: 380pt, header: [Rosebank], numbering: "1")\n'
    return bytes(typst.compile((page + body).encode()))


def _typed(line: str) -> str:
    """A line as a string, so that no sign in it means anything; deeper in where it was."""
    inside = line.strip().replace("\\", "").replace('"', "")
    deep = "◦" if line.startswith("    ") else inside[:1]
    return f'#"{deep}{inside[1:]}"'
