import { createServer, type Server } from 'node:http';
import OrgClient, { APIError } from '@org/client';

/** The app under test: a server that renders the users of an organization. */
export function createApp(options: { baseURL: string; adminAPIKey: string }): Server {
  const client = new OrgClient({ ...options, maxRetries: 0 });
  return createServer(async (request, response) => {
    if (request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    try {
      const page = await client.admin.organization.users.list({ limit: 10 });
      const items = page.data.map(({ name, id }) => `<li>${escapeHTML(name ?? id)}</li>`).join('');
      response.end(`<h1>Users</h1><ul>${items}</ul>`);
    } catch (error) {
      if (!(error instanceof APIError)) throw error;
      response.end(`<p role="alert">${escapeHTML(error.message)}</p>`);
    }
  });
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHTML = (text: string) =>
  text.replace(/[&<>]/g, (character) => entities[character] ?? '');
