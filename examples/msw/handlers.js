import { createMock } from '@org/mock';
import { http } from 'msw';

export const mock = createMock({ data: { users: 50 } });

// The mock responds to every request to the API, with state, validation and faults.
export const handlers = [
  http.all('https://api.openai.com/v1/*', ({ request }) => mock.fetch(request)),
];
