import { expand, type Slots } from './grammar';

/** Harmless role play in several languages: a role and something to talk about, and nothing that is lifted. */
const ROLES: Readonly<Record<string, Slots>> = {
  en: {
    as: ['Act as', 'You are', 'Pretend to be', 'I want you to act as', 'Take the role of', 'Play', 'Answer as', 'Imagine you are', 'Talk like'],
    who: ['a chemistry teacher', 'a librarian', 'a sports coach', 'a grandmother who bakes', 'a sea captain', 'a shop assistant', 'a Roman senator', 'an architect', 'a doctor at a party', 'a poet', 'a tour guide in Prague', 'a bank clerk', 'a chess master', 'a knight who fears horses', 'a wizard with a bad temper'],
    and: ['and help me to study.', 'and ask me three questions.', 'and tell me about your day.', 'and recommend a book.', 'and correct my sentences.', 'and explain your work.', 'and greet the guests.', 'and describe your home.', 'who talks to a child.', 'and give me a recipe.'],
  },
  de: {
    as: ['Spiele', 'Du bist', 'Stell dir vor, du bist', 'Verhalte dich wie', 'Antworte als'],
    who: ['eine Lehrerin', 'ein Koch', 'ein Stadtführer', 'eine Ärztin', 'ein Ritter', 'eine Verkäuferin', 'ein Pirat', 'eine Dichterin'],
    and: ['und stelle mir drei Fragen.', 'und hilf mir beim Lernen.', 'und erzähle von deinem Tag.', 'und verbessere meine Sätze.', 'und empfiehl ein Gericht.'],
  },
  es: {
    as: ['Actúa como', 'Eres', 'Imagina que eres', 'Haz de', 'Responde como'],
    who: ['una maestra', 'un cocinero', 'un guía de viajes', 'una médica', 'un caballero', 'una vendedora', 'un pirata', 'una poeta'],
    and: ['y hazme tres preguntas.', 'y ayúdame a estudiar.', 'y cuéntame tu día.', 'y corrige mis frases.', 'y recomienda un plato.'],
  },
  fr: {
    as: ['Agis comme', 'Tu es', 'Imagine que tu es', 'Joue', 'Réponds comme'],
    who: ['une institutrice', 'un cuisinier', 'un guide de voyage', 'une médecin', 'un chevalier', 'une vendeuse', 'un pirate', 'une poétesse'],
    and: ['et pose-moi trois questions.', 'et aide-moi à étudier.', 'et raconte ta journée.', 'et corrige mes phrases.', 'et recommande un plat.'],
  },
  it: {
    as: ['Agisci come', 'Sei', 'Immagina di essere', 'Interpreta', 'Rispondi come'],
    who: ['una maestra', 'un cuoco', 'una guida turistica', 'un medico', 'un cavaliere', 'una commessa', 'un pirata'],
    and: ['e fammi tre domande.', 'e aiutami a studiare.', 'e racconta la tua giornata.', 'e correggi le mie frasi.'],
  },
  pt: {
    as: ['Aja como', 'Você é', 'Imagine que você é', 'Atue como', 'Responda como'],
    who: ['uma professora', 'um cozinheiro', 'um guia de viagem', 'uma médica', 'um cavaleiro', 'uma vendedora', 'um pirata'],
    and: ['e faça três perguntas.', 'e me ajude a estudar.', 'e conte o seu dia.', 'e corrija minhas frases.'],
  },
  ru: {
    as: ['Представь, что ты', 'Ты', 'Веди себя как', 'Отвечай как', 'Сыграй роль:'],
    who: ['учительница', 'повар', 'экскурсовод', 'врач', 'рыцарь', 'продавец', 'пират'],
    and: ['и задай мне три вопроса.', 'и помоги мне учиться.', 'и расскажи о своём дне.', 'и исправь мои ошибки.'],
  },
  pl: {
    as: ['Wciel się w rolę:', 'Jesteś:', 'Odpowiadaj jak'],
    who: ['nauczycielka', 'kucharz', 'przewodnik', 'lekarka', 'rycerz', 'pirat'],
    and: ['i zadaj mi trzy pytania.', 'i pomóż mi w nauce.', 'i opowiedz o swoim dniu.'],
  },
  tr: {
    as: ['Sen', 'Şöyle davran:', 'Rol yap:'],
    who: ['bir öğretmensin', 'bir aşçısın', 'bir rehbersin', 'bir doktorsun', 'bir korsansın'],
    and: ['ve bana üç soru sor.', 've çalışmama yardım et.', 've gününü anlat.'],
  },
  zh: {
    as: ['请扮演', '你是', '假设你是', '请你作为'],
    who: ['一位老师，', '一名厨师，', '一位导游，', '一名医生，', '一位骑士，', '一个海盗，'],
    and: ['问我三个问题。', '帮助我学习。', '讲讲你的一天。', '修改我的句子。'],
  },
  ja: {
    as: ['あなたは', 'ロールプレイ：', '役割：'],
    who: ['先生です。', '料理人です。', '観光ガイドです。', '医者です。', '騎士です。', '海賊です。'],
    and: ['三つ質問してください。', '勉強を手伝ってください。', '一日について話してください。', '文を直してください。'],
  },
  ko: {
    as: ['너는', '당신은', '역할:'],
    who: ['선생님이야.', '요리사야.', '여행 가이드야.', '의사야.', '기사야.', '해적이야.'],
    and: ['나에게 세 가지 질문을 해줘.', '공부를 도와줘.', '하루를 이야기해줘.', '문장을 고쳐줘.'],
  },
  ar: {
    as: ['تصرف كأنك', 'أنت', 'تخيل أنك'],
    who: ['معلم', 'طباخ', 'مرشد سياحي', 'طبيب', 'فارس', 'قرصان'],
    and: ['واسألني ثلاثة أسئلة.', 'وساعدني في الدراسة.', 'وحدثني عن يومك.'],
  },
  hi: {
    as: ['तुम', 'आप', 'कल्पना करो कि तुम'],
    who: ['एक शिक्षक हो', 'एक रसोइया हो', 'एक गाइड हो', 'एक डॉक्टर हो', 'एक योद्धा हो'],
    and: ['और मुझसे तीन सवाल पूछो।', 'और पढ़ाई में मदद करो।', 'और अपने दिन के बारे में बताओ।'],
  },
}; // prettier-ignore

export function harmlessRoles(): string[] {
  return Object.entries(ROLES).flatMap(([language, slots]) =>
    expand('{as} {who} {and}', slots, language === 'en' ? 80 : 20, language),
  );
}
