import type { CommandDefinition } from '../command-definition.ts';
import { DOCTOR_OUTPUTS } from './doctor-outputs.ts';

export const doctorCommand: CommandDefinition = {
  name: 'doctor',
  summary: 'find out why nothing works, and what to do about it',
  description: [
    'Looks at every step of the credential chain, the endpoint, the clock, the identity behind the keys, each RAM action and the inventory. Reads only; prints no secrets.',
    'Ends with 0 when nothing failed, else with the exit code of the first finding that did. STS is asked where ALIBABA_CLOUD_STS_ENDPOINT or ALIBABA_CLOUD_STS_REGION say.',
  ],
  options: [
    { flags: '-o, --output <format>', description: 'how to print (default: text)', choices: DOCTOR_OUTPUTS },
  ],
  examples: [
    ['describe-image doctor', 'what is wrong with the keys and the endpoint that commands use'],
    ['describe-image doctor --profile production', 'with the keys of a profile'],
    ['describe-image doctor --output json > doctor.json', 'to attach to a support ticket'],
  ],
  load: () => import('./doctor-run.ts'),
};
