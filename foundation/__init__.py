"""The ground: records, errors, the encrypted database, forms, pages. No safeguarding word."""
