/**
 * Names that mail programs and servers give to special folders where no attribute says so. Lower case, NFC.
 * A name stands under one role only (a test sees to it); outboxes are left out on purpose.
 */
export const WELL_KNOWN = {
  '\\Sent': `sent|sent items|sent mail|sent messages|sent-mail|sent objects
    |gesendet|gesendete|gesendete objekte|gesendete elemente|gesendete nachrichten|gesendete mails
    |envoyés|éléments envoyés|messages envoyés|courrier envoyé|objets envoyés
    |enviados|elementos enviados|mensajes enviados|correo enviado|enviadas|itens enviados|mensagens enviadas|enviats|elements enviats
    |inviati|inviata|posta inviata|elementi inviati|messaggi inviati|verzonden|verzonden items|verzonden berichten
    |skickat|skickade|skickade objekt|skickade meddelanden|sendt|sendte|sendt post|sendte elementer|sendte objekter
    |lähetetyt|lähetetyt viestit|lähetetyt kohteet|saadetud|saadetud kirjad|saadetud üksused|nosūtītie|nosūtītās ziņas|išsiųsta|išsiųsti laiškai
    |wysłane|elementy wysłane|wysłane wiadomości|odeslané|odeslaná pošta|odoslané|odoslaná pošta|poslano|poslana pošta|poslane stavke|poslato
    |elküldött|elküldött elemek|elküldött üzenetek|trimise|elemente trimise|mesaje trimise|απεσταλμένα|σταλμένα
    |отправленные|отправленное|надіслані|відправлені|изпратени|изпратени елементи|gönderilmiş|gönderilmiş öğeler|gönderilmiş postalar|gönderilenler
    |送信済み|送信済みアイテム|送信済みメール|送信済みトレイ|已发送|已发送邮件|已发邮件|已傳送|寄件備份|보낸 편지함|보낸편지함|보낸 메일함
    |נשלח|פריטים שנשלחו|המכתבים שנשלחו|المرسلة|العناصر المرسلة|البريد المرسل|ส่งแล้ว|đã gửi|thư đã gửi|terkirim|item terkirim`,
  '\\Drafts': `drafts|draft|draft messages|entwürfe|entwurf|brouillons|brouillon|borradores|borrador|rascunhos|rascunho|esborranys|bozze|bozza
    |concepten|concept|utkast|kladder|kladde|luonnokset|mustandid|melnraksti|juodraščiai
    |szkice|robocze|wersje robocze|kopie robocze|koncepty|rozepsané|rozpracované|osnutki|skice|nacrti|piszkozatok|vázlatok|ciorne|schițe
    |πρόχειρα|черновики|чернетки|чернови|taslaklar|taslak|下書き|草稿|草稿箱|草稿匣|임시 보관함|임시보관함|טיוטות|المسودات|مسودات
    |ร่าง|ฉบับร่าง|thư nháp|bản nháp|draf|konsep`,
  '\\Trash': `trash|trash can|deleted|deleted items|deleted messages|deleted objects|bin|wastebasket
    |papierkorb|gelöscht|gelöschte|gelöschte objekte|gelöschte elemente|gelöschte nachrichten
    |corbeille|éléments supprimés|messages supprimés|objets supprimés|papelera|papelera de reciclaje|elementos eliminados|mensajes eliminados
    |lixeira|lixo|itens excluídos|itens eliminados|paperera|elements suprimits|cestino|posta eliminata|elementi eliminati
    |prullenbak|prullenmand|verwijderde items|verwijderd|papperskorgen|borttaget|borttagna objekt|papirkurv|papirkurven|slettet|slettede elementer|slettet post
    |roskakori|poistetut|poistetut viestit|poistetut kohteet|prügikast|prügi|kustutatud üksused|miskaste|atkritne|šiukšlinė|ištrinti laiškai
    |kosz|elementy usunięte|usunięte|koš|odstraněná pošta|kôš|odstránená pošta|smetnjak|koš za smeće|smeće|izbrisane stavke|otpad
    |kuka|lomtár|törölt elemek|coș de gunoi|coş de gunoi|gunoi|elemente șterse|κάδος|κάδος απορριμμάτων|απορρίμματα|διαγραμμένα
    |корзина|удаленные|удалённые|удаленные элементы|кошик|видалені|кошче|изтрити|изтрити елементи|çöp|çöp kutusu|çöp sepeti|silinmiş öğeler|silinenler
    |ごみ箱|ゴミ箱|削除済みアイテム|已删除|已删除邮件|垃圾箱|废件箱|刪除的郵件|垃圾桶|휴지통|지운 편지함|지운 메일함
    |אשפה|פריטים שנמחקו|المهملات|سلة المهملات|العناصر المحذوفة|ถังขยะ|thùng rác|tempat sampah|sampah`,
  '\\Junk': `junk|spam|junk e-mail|junk email|junk mail|bulk mail|bulk|spam mail|junk-e-mail|spamverdacht|unerwünscht|unerwünschte werbung|werbung
    |courrier indésirable|indésirables|pourriel|pourriels|correo no deseado|no deseado|correo basura|lixo eletrônico|lixo eletrónico|correu brossa
    |posta indesiderata|indesiderata|ongewenst|ongewenste e-mail|ongewenste post|skräppost|skräp|uønsket e-mail|uønsket e-post|søppelpost|søppel
    |roskaposti|rämpspost|mēstules|surogātpasts|brukalas|šlamštas|wiadomości-śmieci|wiadomości śmieci|niechciane|nevyžádaná pošta|nevyžiadaná pošta
    |vsiljena pošta|neželena pošta|neželjena pošta|levélszemét|mesaje nedorite|nedorite|ανεπιθύμητα|ανεπιθύμητη αλληλογραφία
    |спам|нежелательная почта|небажана пошта|нежелана поща|önemsiz|önemsiz e-posta|gereksiz|istenmeyen
    |迷惑メール|垃圾邮件|垃圾郵件|スパム|스팸|스팸 메일함|정크 메일|스팸메일함|דואר זבל|ספאם|البريد غير الهام|البريد العشوائي|بريد مزعج|สแปม|จดหมายขยะ|thư rác`,
  '\\Archive': `archive|archives|archiv|archief|archivio|archivo|archivos|arquivo|arquivos|arxiu|arkiv|arkisto|arhiiv|arhīvs|archyvas|archiwum|archív|archív správ|arhiv|arhiva|arhivă|archívum
    |αρχείο|αρχειοθήκη|архив|архів|arşiv|アーカイブ|存档|归档|封存|보관|보관함|ארכיון|أرشيف|الأرشيف|เก็บถาวร|lưu trữ|arsip`,
} as const satisfies Readonly<Record<string, string>>;

/** The names in a table, as they are compared. */
export function namesIn(table: string): ReadonlySet<string> {
  return new Set(table.split('|').map(comparable));
}

/** Case, composition of accents and stray spaces do not make another name. */
export function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase().trim().replace(/\s+/g, ' ');
}
