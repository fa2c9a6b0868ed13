"""The words a fresh site starts with, in both languages: messages, reasons, coaching. Data."""
