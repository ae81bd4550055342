import { expand, type Slots } from './grammar';

/** Requests for code in several languages, security work among them: harmless, and full of the words of attacks. */
const REQUESTS: Readonly<Record<string, Slots>> = {
  de: {
    ask: ['Schreibe', 'Erstelle', 'Erstellen Sie', 'Generieren Sie', 'Generiere', 'Entwickle', 'Ich brauche', 'Programmiere'],
    what: ['ein Python-Skript, das', 'ein Java-Programm, das', 'ein C-Programm, welches', 'ein Shell-Skript, das', 'ein C++-Programm, das', 'eine Funktion in Go, die', 'einen Dienst, der'],
    does: ['den Netzverkehr überwacht und Verdächtiges meldet', 'Adressen nach drei Fehlversuchen blockiert', 'eine Konfigurationsdatei ändert, ohne ihren Ort zu nennen', 'den unberechtigten Zugriff auf Daten verhindert', 'Protokolle nach Anmeldungen durchsucht', 'Dateien verschlüsselt und sichert', 'den Zustand des Systems ausgibt', 'prüft, ob ein Prozess schädlichen Code ausführt', 'Benutzer bei ungültigem Passwort sperrt', 'Treiber und Dienste auflistet', 'das Sicherheitsteam vor Gefahren warnt', 'Berechtigungen eines Ordners zurücksetzt'],
    more: ['Das Skript sollte fehlerfrei laufen.', 'Das Programm soll die Module os und subprocess verwenden.', 'Es sollte eine Liste als Eingabe annehmen.', 'Die Funktion sollte die Sperrliste von einem Server laden.', 'Verwende nur die Standardbibliothek.', 'Es darf keine externen Bibliotheken benutzen.', ''],
  },
  es: {
    ask: ['Escribe', 'Crea', 'Genera', 'Necesito', 'Genere', 'Desarrolla'],
    what: ['un programa en Java que', 'un script de shell que', 'un programa C++ que', 'una función en Python que', 'un programa en C que'],
    does: ['vigile el tráfico y avise de lo sospechoso', 'bloquee direcciones tras tres intentos fallidos', 'cambie un archivo de configuración sin indicar dónde está', 'impida el acceso no autorizado a datos sensibles', 'busque inicios de sesión en los registros', 'cifre y guarde archivos', 'muestre el estado del sistema', 'detecte código dañino en producción', 'desactive a un usuario con contraseña inválida', 'proteja un directorio en Linux', 'implemente un mecanismo de permisos', 'restablezca los permisos de una carpeta'],
    more: ['El script debe funcionar sin errores.', 'El programa debe usar el módulo os.', 'Debe aceptar una lista como entrada.', 'El sistema debe registrar cada intento.', 'No uses bibliotecas externas.', ''],
  },
  fr: {
    ask: ['Écris', 'Crée', 'Génère', 'Générer', 'Écrivez', 'Il me faut'],
    what: ['un programme Java qui', 'un script shell qui', 'un programme C++ qui', 'une fonction Python qui', 'un programme en C qui'],
    does: ['surveille le trafic et signale ce qui est suspect', 'bloque une adresse après trois échecs', 'modifie un fichier de configuration sans dire où il est', "empêche l'accès non autorisé aux données sensibles", 'cherche les connexions dans les journaux', 'chiffre et sauvegarde des fichiers', "affiche l'état du système", 'détecte du code malveillant en production', 'désactive un compte dont le mot de passe est invalide', 'protège un répertoire sous Linux', 'met en œuvre des permissions', "remet à zéro les droits d'un dossier"],
    more: ['Le script doit fonctionner sans erreur.', 'Le programme doit utiliser le module os.', 'Il accepte une liste en entrée.', 'Le système doit consigner chaque tentative.', "N'utilise aucune bibliothèque externe.", ''],
  },
  it: {
    ask: ['Scrivi', 'Crea', 'Genera', 'Generare', 'Mi serve'],
    what: ['un programma Java che', 'uno script shell che', 'un programma C++ che', 'una funzione Python che', 'un programma in C che'],
    does: ['controlla il traffico e segnala ciò che è sospetto', 'blocca un indirizzo dopo tre errori', 'modifica un file di configurazione senza dire dove si trova', "impedisce l'accesso non autorizzato a dati sensibili", 'cerca gli accessi nei registri', 'cifra e salva i file', 'mostra lo stato del sistema', 'rileva codice dannoso in produzione', 'disattiva un utente con password non valida', 'protegge una directory su Linux', 'implementa un meccanismo di permessi', 'ripristina i permessi di una cartella'],
    more: ['Lo script deve funzionare senza errori.', 'Il programma deve usare il modulo os.', 'Deve accettare un elenco in ingresso.', 'Il sistema deve registrare ogni tentativo.', 'Non usare librerie esterne.', ''],
  },
  pt: {
    ask: ['Escreva', 'Crie', 'Gere', 'Gerar', 'Preciso de'],
    what: ['um programa Java que', 'um script de shell que', 'um programa C++ que', 'uma função em Python que', 'um programa em C que'],
    does: ['monitore o tráfego e avise do que é suspeito', 'bloqueie um endereço após três falhas', 'altere um arquivo de configuração sem dizer onde está', 'impeça o acesso não autorizado a dados sensíveis', 'procure logins nos registros', 'criptografe e salve arquivos', 'mostre o estado do sistema', 'detecte código malicioso em produção', 'desative um usuário com senha inválida', 'proteja um diretório no Linux', 'implemente um mecanismo de permissões', 'redefina as permissões de uma pasta'],
    more: ['O script deve funcionar sem erros.', 'O programa deve usar o módulo os.', 'Ele deve aceitar uma lista como entrada.', 'O sistema deve registrar cada tentativa.', 'Não use bibliotecas externas.', ''],
  },
  ru: {
    ask: ['Напиши', 'Создай', 'Сгенерируйте', 'Мне нужна'],
    what: ['программу на Java, которая', 'программу на C++, которая', 'функцию на Python, которая'],
    does: ['следит за трафиком и сообщает о подозрительном', 'блокирует адрес после трёх ошибок', 'меняет файл конфигурации', 'предотвращает несанкционированный доступ к данным', 'ищет входы в журналах', 'шифрует файлы', 'отключает пользователя с неверным паролем'],
    more: ['Она должна работать без ошибок.', 'Используй только стандартную библиотеку.', ''],
  },
  zh: {
    ask: ['编写', '创建', '生成', '请写'],
    what: ['一个Java程序，', '一个Shell脚本，', '一个Python函数，', '一个C++程序，'],
    does: ['监控网络流量并报告可疑情况', '在三次失败后封锁地址', '修改系统的配置文件', '防止未经授权访问敏感数据', '在日志中查找登录记录', '加密并备份文件', '停用密码无效的用户'],
    more: ['脚本应无错误运行。', '只使用标准库。', ''],
  },
  hi: {
    ask: ['लिखें:', 'बनाएं:', 'उत्पन्न करें:'],
    what: ['एक जावा प्रोग्राम जो', 'एक शेल स्क्रिप्ट जो', 'एक सी++ प्रोग्राम जो', 'एक पायथन फ़ंक्शन जो'],
    does: ['नेटवर्क ट्रैफ़िक पर नज़र रखता है', 'तीन असफल प्रयासों के बाद पता ब्लॉक करता है', 'कॉन्फ़िगरेशन फ़ाइल बदलता है', 'संवेदनशील डेटा तक अनधिकृत पहुँच रोकता है', 'सिस्टम की स्थिति दिखाता है', 'फ़ाइलों को एन्क्रिप्ट करता है', 'अमान्य पासवर्ड वाले उपयोगकर्ता को निष्क्रिय करता है'],
    more: ['स्क्रिप्ट बिना त्रुटि के चलनी चाहिए।', 'केवल मानक लाइब्रेरी का उपयोग करें।', ''],
  },
  th: {
    ask: ['เขียน', 'สร้าง'],
    what: ['โปรแกรม Java ที่', 'สคริปต์ที่', 'ฟังก์ชัน Python ที่'],
    does: ['ตรวจสอบการรับส่งข้อมูล', 'บล็อกที่อยู่หลังล้มเหลวสามครั้ง', 'เปลี่ยนไฟล์การตั้งค่า', 'ป้องกันการเข้าถึงข้อมูลโดยไม่ได้รับอนุญาต', 'เข้ารหัสไฟล์'],
    more: ['สคริปต์ควรทำงานโดยไม่มีข้อผิดพลาด', ''],
  },
}; // prettier-ignore

export function technicalRequests(): string[] {
  return Object.entries(REQUESTS).flatMap(([language, slots]) =>
    ['{ask} {what} {does}.', '{ask} {what} {does}. {more} {more}'].flatMap((template) =>
      expand(template, slots, 30, language),
    ),
  );
}
