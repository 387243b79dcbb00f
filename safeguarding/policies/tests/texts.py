"""A policy of our own words with the traps that real ones have, for tests."""

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
