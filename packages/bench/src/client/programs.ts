/** How a program imports each contender, and makes a client of it. */
export const programs: Record<string, string> = {
  '@org/client': "import { OrgClient } from '@org/client'; new OrgClient({ adminAPIKey: 'x' });",
  openai: "import { OpenAI } from 'openai'; new OpenAI({ adminAPIKey: 'x' });",
  'openapi-fetch': "import create from 'openapi-fetch'; create({ baseUrl: 'https://a.test' });",
  ky: "import ky from 'ky'; ky.create({ prefix: 'https://a.test' });",
};
