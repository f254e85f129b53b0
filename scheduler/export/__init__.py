"""Files out: workbook, calendars, report, tables, JSON. Every file is written whole or not at all."""
