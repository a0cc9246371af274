/** The words that generated texts are made of. */

export const firstNames: readonly string[] = (
  'Ada Alan Annie Barbara Claude Dorothy Donald Edsger Evelyn Frances Grace Hedy Ida Jean John Joan Karen Katherine ' +
  'Ken Leslie Lynn Margaret Mary Niklaus Radia Rosa Sophie Stephanie Tim Vera Wendy Yukihiro'
).split(' ');

export const lastNames: readonly string[] = (
  'Adams Allen Berezin Boyd Carter Clarke Conway Dijkstra Easley Estrin Floyd Goldberg Hamilton Holberton Hopper ' +
  'Jones Keller Lamarr Liskov Lovelace Meyer Moore Nygaard Perlman Rhodes Ritchie Shannon Snyder Tarjan Turing ' +
  'Wilson Wirth'
).split(' ');

export const adjectives: readonly string[] = (
  'amber brisk calm clear eager early fresh gentle golden green hidden keen lively lucky modern northern open plain ' +
  'quick quiet rapid ready royal silver simple steady sunny tidy vivid warm'
).split(' ');

export const nouns: readonly string[] = (
  'anchor archive beacon bridge canyon canvas cedar compass delta ember falcon garden harbor island lantern ledger ' +
  'meadow mirror orbit orchard pilot prism quarry river signal summit tower valley voyage window'
).split(' ');

export const cities: readonly string[] = [
  'Amsterdam',
  'Berlin',
  'Bogotá',
  'Chicago',
  'Dublin',
  'Lagos',
  'Lisbon',
  'Osaka',
  'Toronto',
  'Wellington',
];

export const countries: readonly (readonly [name: string, code: string])[] = [
  ['Brazil', 'BR'],
  ['Canada', 'CA'],
  ['Germany', 'DE'],
  ['Ireland', 'IE'],
  ['Japan', 'JP'],
  ['Kenya', 'KE'],
  ['New Zealand', 'NZ'],
  ['Portugal', 'PT'],
];

export const jobs: readonly string[] = [
  'Accountant',
  'Data analyst',
  'Designer',
  'Engineer',
  'Product manager',
  'Researcher',
  'Support lead',
  'Technical writer',
];
