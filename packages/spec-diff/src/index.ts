export { type Bump, bumpBetween, covers, higher, neededBump } from './change/bump.ts';
export {
  type Affected,
  type Args,
  type Change,
  effectiveVerdict,
  type Surface,
  type Verdict,
  worst,
} from './change/change.ts';
export { fingerprintOf } from './change/fingerprint.ts';
export { type ChangeID, changeIDs } from './change/ids.ts';
export type { Example, Proof } from './change/proof.ts';
export { type Comparison, compare } from './compare/compare.ts';
export { type DiffOptions, diff, type Report } from './diff.ts';
export type { Document } from './document/spec.ts';
export { asSpec, DocumentError, parseSpec } from './read/parse.ts';
export { formatGitHub, type Location } from './report/github.ts';
export { type ChangeJSON, formatJSON } from './report/json.ts';
export { formatMarkdown, type PullRequest } from './report/markdown.ts';
export { placeOf, sentenceOf } from './report/sentences.ts';
export { type Audience, audiences, changesFor, summaryOf } from './report/summary.ts';
export { formatText, type Paint } from './report/text.ts';
export { type Policies, type PolicyName, policies } from './settings/policies.ts';
export {
  type Acceptance,
  parseSettings,
  type Settings,
  SettingsError,
} from './settings/settings.ts';
