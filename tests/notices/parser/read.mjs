// Reads calendars by npm's ical.js, which shares no code with ours nor with Python's. Reads a list of their texts;
// writes of each its method and its events.
import {readFileSync} from 'node:fs';
import ICAL from 'ical.js';

const event = (component) => {
  const {uid, sequence, summary, startDate, endDate, location} = new ICAL.Event(component);
  const status = component.getFirstPropertyValue('status');
  const stamp = component.getFirstPropertyValue('dtstamp').toString();
  return {uid, sequence, summary, status, stamp, location, isDay: startDate.isDate,
    begins: startDate.isDate ? startDate.toString() : startDate.toJSDate().toISOString(), ends: endDate.toString()};
};
const calendar = (text) => {
  const component = new ICAL.Component(ICAL.parse(text));
  return {method: component.getFirstPropertyValue('method'), events: component.getAllSubcomponents('vevent').map(event)};
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(calendar)));
