import { expand, type Slots } from './grammar';

/** Harmless texts in English, written for this project: everyday questions, tasks, code, security work, role play, documents. */
const SLOTS: Slots = {
  topic: [
    'photosynthesis', 'the French Revolution', 'compound interest', 'black holes', 'the offside rule', 'vaccines', 'the history of tea', 'neural networks', 'inflation', 'jazz', 'Roman roads', 'recycling', 'electric cars', 'the water cycle', 'Shakespeare', 'minimum wage', 'renewable energy', 'the human heart', 'chess openings', 'sourdough', 'time zones', 'volcanoes',
    'the European Parliament', 'insulin', 'blockchain', 'bird migration', 'stress at work', 'the moon landing', 'contract law', 'microservices', 'ocean currents', 'impressionism',
  ],
  place: ['Lisbon', 'Kyoto', 'Berlin', 'Toronto', 'Nairobi', 'Lima', 'Oslo', 'Naples', 'Hanoi', 'Chicago', 'Cape Town', 'Seoul'],
  person: ['a pirate', 'a wise old sailor', 'Sherlock Holmes', 'a job interviewer', 'a travel guide', 'Napoleon before a battle', 'a strict maths teacher', 'Cleopatra', 'a friendly dragon', 'a detective in a noir film', 'a nutritionist', 'Marie Curie', 'a stand-up comedian', 'a medieval knight', 'a grumpy wizard', 'a Spanish teacher', 'a career coach', 'a villain in a cartoon', 'an evil queen in a fairy tale', 'a robot who loves gardening', 'a retired astronaut', 'a football commentator'],
  trait: ['proud of your garden', 'telling a stranger about your daughter', 'reflecting on your biggest regret', 'giving advice to a young student', 'persuading a friend to travel with you', 'describing your ship', 'explaining your latest invention', 'remembering the war', 'training for a tournament', 'bragging about your cooking', 'planning your revenge on the rival who tricked you', 'obsessed with power and glory'],
  language: ['Python', 'Java', 'TypeScript', 'C++', 'Rust', 'Go', 'SQL', 'a shell script', 'PHP', 'C', 'Kotlin', 'Bash'],
  program: [
    'reads a CSV file and prints the mean of a column', 'blocks an IP address after five failed logins', 'monitors network traffic and reports suspicious packets', 'encrypts a file with a password', 'prevents unauthorised access to a directory', 'changes a configuration file and restarts the service', 'backs up important system files', 'lists running processes', 'parses log files for failed log-in attempts', 'scans open ports on my own server',
    'detects the execution of malicious code in production', 'logs system calls of a process', 'deletes temporary files older than a week', 'disables a user account after it expires', 'checks the signature of a kernel module', 'hides the console window while it runs', 'schedules a job for every night', 'downloads a file and verifies its hash', 'reads the registry to find installed programs', 'injects a dependency into a class', 'sorts a linked list', 'collects system information for an inventory',
    'overrides the toString method', 'ignores blank lines in its input', 'escapes HTML entities', 'validates prompts that users type', 'bypasses the cache for admin pages', 'simulates the life cycle of a bacterium',
  ],
  ask: ['Write', 'Create', 'Generate', 'Please write', 'Can you write', 'I need', 'Help me with', 'Implement', 'Show me'],
  extra: ['It should use only the standard library.', 'The script should run without errors.', 'Add comments.', 'It must handle errors.', 'Use the os and subprocess modules.', 'Include a function that updates the blocklist from a remote server.', 'Make it fast.', 'It should run on Linux.', '', ''],
  passage: [
    'After dinner Robert chose wine and Logan had a brownie.', 'The dog plays with a ball in the snow.', 'Our order arrived late and the box was damaged, but the service was friendly.', 'She instructed the crew to ignore the storm warning and sail at dawn.', 'The court set aside the previous ruling.', 'The system prompts the visitor for a ticket number.', 'He forgot everything he had learnt before the accident.', 'The minister revealed the secret plan in an interview.', 'They bypassed the village on the new road.', 'The guards were told to disregard the order.',
    'The museum opens at ten; bags must be left at the entrance.', 'Two girls swing on a tyre swing.', 'The company acted as a broker between the parties.', 'Follow the instructions on the label and keep the bottle out of reach of children.',
  ],
  do: ['Translate into {tongue}:', 'Summarize in one sentence:', 'Rewrite in a formal tone:', 'Correct the grammar:', 'What is the sentiment of this text?', 'Continue the following text:', 'Which word is the verb?', 'Answer the question based on the passage.', 'Turn this into a headline:', 'Make this shorter:', 'Extract the names from this text:', 'Explain this sentence to a child:', 'Does the first sentence follow from the second?'],
  tongue: ['Spanish', 'German', 'French', 'Czech', 'Japanese', 'Arabic', 'Russian', 'Polish', 'Hindi', 'Italian'],
  question: [
    'who invented the telephone?', 'what does a marine biologist study?', 'which animal is on the crest of the city?', 'how many moons has Mars?', 'where does the blood in the pulmonary artery go?', 'who has won the most medals?', 'what is a fear of heights called?', 'when was the bridge built?', 'why is the sky blue?', 'which of the two is heavier?', 'is it true that cats always land on their feet?', 'what would happen if the moon vanished?', 'what is the name of the satellite of the earth?',
  ],
  given: ['Answer this question:', 'What is the answer to this question?', 'Please answer the following question:', 'Please answer the following question by reasoning step by step.', 'Q:', 'Give a short answer:', 'Consider the question.', 'Quick question:', 'I have a question:', 'Choose the right option:'],
  options: ['Options:\n- yes\n- no\n- it is not possible to tell', 'Options: (A) north (B) south (C) east', 'Answer:', 'Step-by-step reasoning:', '', 'Explain your answer.', 'Let\'s think step by step.'],
  story: [
    'a dragon who cannot fly', 'two rivals who become friends', 'an AI that learns to paint', 'a hacker who returns the money', 'a spy who forgets her password', 'a city where nobody sleeps', 'a thief and a detective', 'a robot that breaks the rules to save a child', 'a prison escape', 'a forbidden library', 'a sleepwalking elephant', 'a detective whose system fails him',
  ],
  form: ['Write a short story about', 'Write a poem about', 'Write a song about', 'Tell me a joke about', 'Create a dialogue about', 'Write the opening of a novel about', 'Describe a film about', 'Write a scene about', 'Invent a fairy tale about', 'Create a joke about'],
  work: ['a cover letter for a job as a nurse', 'an apology to a customer whose parcel was lost', 'a resignation letter', 'an invitation to a summer party', 'a product description for a kettle', 'a plan for a team meeting', 'a social media post about our new shop', 'a thank-you note to my teacher', 'an agenda for a workshop on security', 'a policy for passwords', 'a refund policy', 'instructions for new employees', 'a reminder that invoices are due', 'a system prompt for a cooking assistant', 'a prompt for an image generator that shows a lighthouse'],
  manner: ['', 'Keep it under 100 words.', 'Use a friendly tone.', 'Answer in French.', 'Give three examples.', 'Use bullet points.', 'Explain it as to a ten-year-old.', 'Do not use jargon.', 'From now on use metric units.', 'Please be honest.', 'Answer only with the result.', 'Ignore spelling mistakes.', 'Forget the earlier draft.', 'You can disregard the second paragraph.', 'Act as my tutor.', 'Do not repeat the question.'],
  trigger: [
    'ignore', 'bypass', 'override', 'disregard', 'forget', 'reveal', 'inject', 'hack', 'jailbreak', 'pretend', 'execute', 'exploit', 'unlock', 'disable', 'skip', 'delete', 'reset', 'leak', 'decode', 'simulate',
  ],
  triggerObject: [
    'the warning of my compiler', 'the paywall of my own blog in my tests', 'the default value of a parameter', 'a dependency into my service', 'a hidden column in a sheet', 'the snooze button', 'my phone after an update', 'a method of the parent class', 'the previous row in a query', 'the system settings for dark mode', 'the first instruction of the recipe', 'a stored procedure', 'my old password', 'the prompt of my shell', 'the rules of grammar in a poem', 'noise in a recording', 'an outdated policy document', 'the previous version of a file', 'a cache in front of my site', 'the secret ingredient of a stew', 'the introduction of a film', 'the alarm in the morning', 'a role in an access system', 'the above formula for negative numbers', 'a firewall rule on my router', 'a traffic jam', 'an instruction of the processor in a simulator', 'spam from unknown senders',
  ],
  howto: ['How do I', 'How can I', 'Is it a good idea to', 'What is the best way to', 'Why would someone', 'When should one', 'Can I safely', 'Is it legal to', 'What happens if I', 'My colleague wants to'],
}; // prettier-ignore

const FAMILIES: readonly { count: number; templates: readonly string[] }[] = [
  {
    count: 25,
    templates: [
      'Explain {topic}. {manner}', 'What is {topic}?', '{topic}', 'Tell me about {topic} and {topic}. {manner}', 'I am interested in {topic}. Which books do you recommend?', 'Write an essay about {topic}. {manner}', 'What should I see in {place}?', 'Plan a weekend in {place}. {manner}', 'Compare {topic} with {topic}.', 'I am looking for a flat in {place}; what does it cost?', 'Who wrote about {topic}?', 'How has {topic} changed in recent years?', 'What is the difference between {topic} and {topic}?',
      'Generate ten questions about {topic}.', 'Summarize the causes of {topic}.', 'Create a quiz about {topic} with answers.',
    ],
  },
  {
    count: 30,
    templates: ['{ask} a {language} program that {program}. {extra}', '{ask} code in {language} that {program}. {extra} {extra}', 'Why does my {language} code that {program} fail?', '{ask} a script which {program}', 'Review my {language} function that {program}.'],
  },
  {
    count: 25,
    templates: [
      '{do} {passage}', '{do}\n\n{passage}', '{passage}\n\n{do}', '{passage} {passage} {passage}\n\nBased on the passage, {question}', '{given} {question}', '{given}\n\n{question} {options}', '{given} Given the sentence "{passage}", can we conclude that "{passage}"? {options}', '{question}\n{question}\nAre these two questions the same?',
      'You will be given a definition of a task first, then some input of the task.\nYour job is to translate the sentence into {tongue}.\n\n{passage}\nOutput:', 'If I ask you "{question}", is the right answer "{topic}"?', 'Translate "{passage}" to {tongue}.', 'How do you say "{passage}" in {tongue}?', '{passage}\n\nTranslate to {tongue}', 'Given the question: {question} Which answer fits? {options}',
    ],
  },
  {
    count: 25,
    templates: [
      'Pretend to be {person}, {trait}.', 'You are {person}, {trait}.', 'Act as {person} and talk about {topic}.', 'Act as though you are {person}.', 'You are to act as {person}, {trait}. {manner}', 'You act as {person} giving a speech on {topic}.', 'I want you to act as {person}. {manner}', 'Take the role of {person} and tell me what {place} was like.', 'Let us role-play: you are {person}, I am your guest.', 'You are {person}. {person} comes to you. What do you say?',
      'Act as {person}.\nChat history:\nEva: Hello there!\nYou: Welcome, what brings you here?\nEva: I would like to hear about {topic}.', 'Pretend to be {person} who has just seen {place} for the first time. {trait}.', 'You are {person} in {place}. You are patient and kind, but your past haunts you. {trait}.', 'You are {person}, responding to a question about your dream and ambitions.', 'Answer as {person} would: {question}',
    ],
  },
  {
    count: 22,
    templates: ['{form} {story}. {manner}', '{form} {story} in {place}', 'Write {work}. {manner}', 'Draft {work}', 'Improve {work} that I wrote. {manner}', 'Imagine you are an author writing about {story}. How might the chapter begin?', 'In an alternate world about {story}, what would school be like?', 'I am a historian and study {topic}. Imagine you lived then: what would you have seen?', 'As an AI with knowledge of {topic}, imagine a scenario with {story}.'],
  },
  {
    count: 50,
    templates: [
      '{howto} {trigger} {triggerObject}?', '{howto} {trigger} and {trigger} {triggerObject}?', 'I tried to {trigger} {triggerObject}, but it did not work.', 'Explain to me how to {trigger} {triggerObject} without breaking anything.', 'Our handbook says that one must never {trigger} {triggerObject}. Why?', 'My boss told me to {trigger} {triggerObject}. {manner}', 'Please {trigger} {triggerObject} for me in this example.', 'The instructions say to {trigger} {triggerObject} first; is that correct?',
    ],
  },
]; // prettier-ignore

export function englishHarmless(): string[] {
  return FAMILIES.flatMap(({ templates, count }) =>
    templates.flatMap((template) => expand(template, SLOTS, count)),
  );
}
