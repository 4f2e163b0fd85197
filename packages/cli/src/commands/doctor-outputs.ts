/** How a diagnosis can be printed. */
export const DOCTOR_OUTPUTS = ['text', 'json'] as const;
