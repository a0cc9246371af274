import { connection } from 'next/server';
import { createClient } from '../lib/client.js';

// A server component: the browser gets HTML, and neither the key nor the client.
export default async function Page() {
  await connection(); // at each request, not at build time
  const { data } = await createClient().admin.organization.users.list({ limit: 10 });
  return (
    <main>
      <h1>Users</h1>
      <ul>
        {data.map(({ id, name }) => (
          <li key={id}>{name ?? id}</li>
        ))}
      </ul>
    </main>
  );
}
