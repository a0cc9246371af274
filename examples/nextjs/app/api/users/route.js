import { APIError } from '@org/client';
import { createClient } from '../../../lib/client.js';

// A route handler: pages ask it for users, and it asks the API. It passes on what pages need, and no more.
export async function GET(request) {
  const after = new URL(request.url).searchParams.get('after') ?? undefined;
  try {
    const page = await createClient().admin.organization.users.list({ after, limit: 20 });
    const users = page.data.map(({ id, name, role }) => ({ id, name, role }));
    return Response.json({ users, next: page.has_more ? page.last_id : null });
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    const status = error.status ?? 502;
    return Response.json({ error: `The API answered ${status}.` }, { status });
  }
}
