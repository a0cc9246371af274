import 'server-only';
import OrgClient from '@org/client';

// `server-only` fails the build if this file is imported by code for the browser, so that the key stays here.
// The key comes from OPENAI_ADMIN_KEY, and the address from OPENAI_BASE_URL if it is set.
export const createClient = () => new OrgClient({ timeout: 10_000 });
