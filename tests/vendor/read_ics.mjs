// Prints every event of an .ics file as ical.js understands it: uid, summary, start, end (UTC for timed events).
import { readFileSync } from "node:fs";
import ICAL from "./ical.mjs";

const root = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of root.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone); // without the file's own zone, times would float
}
const said = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
const events = root.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return { uid: event.uid, summary: event.summary, start: said(event.startDate), end: said(event.endDate),
           location: event.location || "", sequence: event.sequence };
});
console.log(JSON.stringify(events));
