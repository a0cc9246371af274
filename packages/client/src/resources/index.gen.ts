// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

export { Admin } from './admin.gen.ts';
