import { createMock } from '@org/mock';
import { http } from 'msw';

export const mock = createMock({ data: { users: 50 } });

// All that goes to the API is answered by the mock: with its state, its validation and its faults.
export const handlers = [
  http.all('https://api.openai.com/v1/*', ({ request }) => mock.fetch(request)),
];
