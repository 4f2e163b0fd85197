import type { CommandDefinition } from '../command-definition.ts';
import { DOCTOR_OUTPUTS } from './output-formats.ts';

export const doctorCommand: CommandDefinition = {
  name: 'doctor',
  summary: 'check keys, endpoint, clock and permissions',
  description: [
    'Checks every step of the credential chain, the endpoint, the clock, the identity of the keys, each RAM action and the inventory. Only reads; prints no secrets.',
    'Exits with 0 when no check failed, otherwise with the exit code of the first failed check. ALIBABA_CLOUD_STS_ENDPOINT or ALIBABA_CLOUD_STS_REGION selects the STS endpoint.',
  ],
  options: [
    { flags: '-o, --output <format>', description: 'output format (default: text)', choices: DOCTOR_OUTPUTS },
  ],
  examples: [
    ['describe-image doctor', 'check the keys and the endpoint that commands use'],
    ['describe-image doctor --profile production', 'check the keys of a profile'],
    ['describe-image doctor --output json > doctor.json', 'save the findings for a support ticket'],
  ],
  load: () => import('./doctor-run.ts'),
};
