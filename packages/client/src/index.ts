export const placeholder: string = '';
