/** Folders of Exchange and Outlook that hold items which are no mail: over IMAP they come out broken. */
const TABLE = `calendar|kalender|calendrier|calendario|calendário|calendari|agenda|kalenteri|kalendarz|kalendář|kalendár|koledar|kalendar|naptár|ημερολόγιο|календарь|календар|takvim|予定表|カレンダー|日历|行事曆|일정|לוח שנה|التقويم
    |contacts|kontakte|contactos|contatos|contactes|contatti|contactpersonen|kontakter|kontakt|yhteystiedot|kontakty|stiki|kontakti|névjegyek|persoane de contact|επαφές|контакты|контакти|kişiler|連絡先|联系人|連絡人|연락처|אנשי קשר|جهات الاتصال
    |tasks|aufgaben|tâches|tareas|tarefas|tasques|attività|taken|uppgifter|opgaver|oppgaver|tehtävät|zadania|úkoly|úlohy|opravila|zadaci|feladatok|activități|sarcini|εργασίες|задачи|завдання|görevler|タスク|任务|工作|작업|משימות|المهام
    |notes|notizen|notas|note|notities|anteckningar|noter|notater|muistiinpanot|notatki|poznámky|zapiski|bilješke|feljegyzések|σημειώσεις|заметки|нотатки|бележки|notlar|メモ|便笺|記事|메모|פתקים|الملاحظات
    |journal|diario|diário|logboek|dagboek|päiväkirja|dziennik|deník|denník|dnevnik|napló|jurnal|χρονικό|дневник|журнал|günlük|履歴|日记|日誌|업무 일지|יומן|دفتر اليومية`;

export const NO_MAIL_NAMES: readonly string[] = TABLE.split('|').map((name) => name.trim());
