import { type Document, type Method, methods } from '@org/openapi';
import { plural } from '../model/names.ts';
import { isCall } from '../read/call-names.ts';
